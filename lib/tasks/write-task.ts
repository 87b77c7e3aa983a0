import type { Actor } from '#lib/actor.ts'
import { err, ok } from '#lib/result.ts'
import { denyTask } from './deny-task.ts'
import type { TaskRefusal } from './errors.ts'
import { isLiveList } from './journal/is-live-list.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import { denyList } from './lists/deny-list.ts'
import { type FieldChanges, settleFields } from './settle-fields.ts'
import { type Task, toTask } from './task.ts'

type TaskWrite = {
  /** The versions that the caller agrees to change; any version if absent. */
  versions?: readonly number[] | undefined
  now: Date
  /** Where the fields move the task. */
  listId?: string | null | undefined
  fieldsOf: (task: Task) => FieldChanges
}

/** Changes fields of one task that is not deleted. @returns the saved task; `TASK_NOT_FOUND`; `LIST_NOT_FOUND`; `INVALID_DUE`; `INVALID_REPEAT`; `VERSION_MISMATCH`; `QUOTA_EXCEEDED` */
export async function writeTask(
  actor: Actor,
  taskId: string,
  { versions, now, listId, fieldsOf }: TaskWrite,
): Promise<Written<Task, TaskRefusal>> {
  const written = await writeTasks<Task, TaskRefusal>(actor, { now }, async (writer) => {
    const stored = await writer.tasks.find(taskId)
    if (!stored || stored.deletedAt) return err({ code: 'TASK_NOT_FOUND' })
    const task = toTask(stored)
    if (versions && !versions.includes(task.version)) return err({ code: 'VERSION_MISMATCH', task })
    const fields = await settleFields(writer, fieldsOf(task), task)
    if (!fields.ok) return fields
    if (!(await isLiveList(writer, listId))) return err({ code: 'LIST_NOT_FOUND' })
    return ok(toTask(writer.tasks.change(stored, fields.value)))
  })
  if (written.ok) return written
  // Only now, because recording needs a connection of its own.
  if (written.error.code === 'LIST_NOT_FOUND') return denyList(actor, listId ?? '')
  return written.error.code === 'TASK_NOT_FOUND' ? denyTask(actor, taskId) : written
}
