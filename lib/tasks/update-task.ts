import type { Actor } from '#lib/actor.ts'
import type { TaskRefusal } from './errors.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import type { TaskChanges } from './schema.ts'
import { changeTask } from './steps/change-task.ts'
import type { Versions } from './steps/find-task.ts'
import { denyMissing } from './steps/refusal.ts'
import type { SavedTask } from './task.ts'

type TaskUpdate = { changes: TaskChanges; versions?: Versions; now: Date }

/**
 * Changes a task as `changeTask` does.
 * @returns the saved task; `TASK_NOT_FOUND`; `LIST_NOT_FOUND`; `INVALID_DUE`; `INVALID_REPEAT`; `INVALID_PLACE`; `VERSION_MISMATCH`; `QUOTA_EXCEEDED` for a task that is reopened
 */
export async function updateTask(
  actor: Actor,
  taskId: string,
  { changes, versions, now }: TaskUpdate,
): Promise<Written<SavedTask, TaskRefusal>> {
  const written = await writeTasks(actor, { now }, (writer) =>
    changeTask(writer, taskId, { changes, versions }),
  )
  return denyMissing(actor, written)
}
