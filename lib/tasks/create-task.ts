import type { Actor } from '#lib/actor.ts'
import { err, ok } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import type { TaskRefusal } from './errors.ts'
import { isLiveList } from './journal/is-live-list.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import { denyList } from './lists/deny-list.ts'
import { NO_REPEAT } from './repeat/repeat.ts'
import type { NewTask } from './schema.ts'
import { settleFields } from './settle-fields.ts'
import { NO_FIELDS, type Task, withoutUndefined } from './task.ts'

/** @returns the task; `INVALID_DUE`; `INVALID_REPEAT`; `LIST_NOT_FOUND`; `QUOTA_EXCEEDED` */
export async function createTask(
  actor: Actor,
  { title, ...fields }: NewTask,
  { now }: { now: Date },
): Promise<Written<Task, TaskRefusal>> {
  const { userId } = actor
  const times = { completedAt: null, createdAt: now, updatedAt: now }
  const created = await writeTasks<Task, TaskRefusal>(actor, { now }, async (writer) => {
    const empty = { ...NO_FIELDS, ...NO_REPEAT }
    const settled = await settleFields(writer, { ...NO_FIELDS, ...withoutUndefined(fields) }, empty)
    if (!settled.ok) return settled
    const task: Task = { id: newId(now), userId, title, ...empty, ...settled.value, ...times, version: 1 }
    if (!(await isLiveList(writer, task.listId))) return err({ code: 'LIST_NOT_FOUND' })
    writer.tasks.add({ ...task, deletedAt: null })
    return ok(task)
  })
  return !created.ok && created.error.code === 'LIST_NOT_FOUND'
    ? denyList(actor, fields.listId ?? '')
    : created
}
