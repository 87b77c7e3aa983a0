import type { Actor } from '#lib/actor.ts'
import { err, ok } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import type { TaskRefusal } from './errors.ts'
import { isLiveList } from './journal/is-live-list.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import { denyList } from './lists/deny-list.ts'
import type { NewTask } from './schema.ts'
import { settleDue } from './settle-due.ts'
import { NO_FIELDS, type Task, withoutUndefined } from './task.ts'

/** @returns the task; `INVALID_DUE`; `LIST_NOT_FOUND`; `QUOTA_EXCEEDED` */
export async function createTask(
  actor: Actor,
  { title, ...fields }: NewTask,
  { now }: { now: Date },
): Promise<Written<Task, TaskRefusal>> {
  const { userId } = actor
  const settled = settleDue({ ...NO_FIELDS, ...withoutUndefined(fields) }, NO_FIELDS)
  if (!settled.ok) return settled
  const times = { completedAt: null, createdAt: now, updatedAt: now }
  const task: Task = { id: newId(now), userId, title, ...settled.value, ...times, version: 1 }
  const created = await writeTasks<Task, TaskRefusal>(actor, { now }, async (writer) => {
    if (!(await isLiveList(writer, task.listId))) return err({ code: 'LIST_NOT_FOUND' })
    writer.tasks.add({ ...task, deletedAt: null })
    return ok(task)
  })
  return !created.ok && created.error.code === 'LIST_NOT_FOUND' ? denyList(actor, task.listId ?? '') : created
}
