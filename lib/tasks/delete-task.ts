import type { Actor } from '#lib/actor.ts'
import type { TaskRefusal } from './errors.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import type { Versions } from './steps/find-task.ts'
import { denyMissing } from './steps/refusal.ts'
import { removeTask } from './steps/remove-task.ts'

/** `restoreTask` undoes it until `purgeDeletedTasks` removes the row. @returns `TASK_NOT_FOUND`; `VERSION_MISMATCH` */
export async function deleteTask(
  actor: Actor,
  taskId: string,
  { versions, now }: { versions?: Versions; now: Date },
): Promise<Written<null, TaskRefusal>> {
  return denyMissing(
    actor,
    await writeTasks(actor, { now }, (writer) => removeTask(writer, taskId, { versions })),
  )
}
