import type { Actor } from '#lib/actor.ts'
import type { TaskRefusal } from './errors.ts'
import type { Written } from './journal/write-tasks.ts'
import type { Optional } from './schema.ts'
import { type SettableFields, type Task, withoutUndefined } from './task.ts'
import { writeTask } from './write-task.ts'

export type TaskChanges = Optional<SettableFields> & { isCompleted?: boolean | undefined }

type TaskUpdate = {
  changes: TaskChanges
  /** The versions that the caller agrees to overwrite; any version if absent. */
  versions?: readonly number[] | undefined
  now: Date
}

/**
 * Completing a task twice keeps the first time, and an update without a difference keeps the version.
 * @returns the saved task; `TASK_NOT_FOUND`; `LIST_NOT_FOUND`; `INVALID_DUE`; `INVALID_REPEAT`; `VERSION_MISMATCH`; `QUOTA_EXCEEDED` for a task that is reopened
 */
export function updateTask(
  actor: Actor,
  taskId: string,
  { changes, versions, now }: TaskUpdate,
): Promise<Written<Task, TaskRefusal>> {
  const { isCompleted, ...fields } = changes
  const set: Partial<SettableFields> = withoutUndefined(fields)
  const fieldsOf = ({ completedAt }: Task) => ({
    ...set,
    ...(isCompleted === true && { completedAt: completedAt ?? now }),
    ...(isCompleted === false && { completedAt: null }),
  })
  return writeTask(actor, taskId, { versions, now, listId: fields.listId, fieldsOf })
}
