import type { Actor } from '#lib/actor.ts'
import type { Result } from '#lib/result.ts'
import type { TaskRefusal } from './errors.ts'
import type { Task } from './task.ts'
import { writeTask } from './write-task.ts'

export type TaskChanges = {
  title?: string | undefined
  description?: string | null | undefined
  isCompleted?: boolean | undefined
  listId?: string | null | undefined
}

type TaskUpdate = {
  changes: TaskChanges
  /** The versions that the caller agrees to overwrite; any version if absent. */
  versions?: readonly number[] | undefined
  now: Date
}

/**
 * Completing a task twice keeps the first time, and an update without a difference keeps the version.
 * @returns the saved task; `TASK_NOT_FOUND`; `LIST_NOT_FOUND`; `VERSION_MISMATCH`; `QUOTA_EXCEEDED` for a task that is reopened
 */
export function updateTask(
  actor: Actor,
  taskId: string,
  { changes, versions, now }: TaskUpdate,
): Promise<Result<Task, TaskRefusal>> {
  const { title, description, isCompleted, listId } = changes
  const fieldsOf = ({ completedAt }: Task) => ({
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(listId !== undefined && { listId }),
    ...(isCompleted === true && { completedAt: completedAt ?? now }),
    ...(isCompleted === false && { completedAt: null }),
  })
  return writeTask(actor, taskId, { versions, now, listId, fieldsOf })
}
