import type { Actor } from '#lib/actor.ts'
import type { TaskRefusal } from './errors.ts'
import type { Written } from './journal/write-tasks.ts'
import { writeTask } from './write-task.ts'

type TaskDeletion = {
  /** The versions that the caller agrees to delete; any version if absent. */
  versions?: readonly number[] | undefined
  now: Date
}

/** `restoreTask` undoes it until `purgeDeletedTasks` removes the row. @returns `TASK_NOT_FOUND`; `VERSION_MISMATCH` */
export async function deleteTask(
  actor: Actor,
  taskId: string,
  { versions, now }: TaskDeletion,
): Promise<Written<null, TaskRefusal>> {
  const deleted = await writeTask(actor, taskId, { versions, now, fieldsOf: () => ({ deletedAt: now }) })
  return deleted.ok ? { ...deleted, value: null } : deleted
}
