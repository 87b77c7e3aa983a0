import type { Actor } from '#lib/actor.ts'
import type { TaskRefusal } from './errors.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import { denyMissing } from './steps/refusal.ts'
import { type Shift, shiftTask } from './steps/shift-task.ts'
import type { Task } from './task.ts'

/** Moves a task within its list as `shiftTask` does. @returns the task; `TASK_NOT_FOUND` */
export async function moveTask(
  actor: Actor,
  taskId: string,
  { shift, now }: { shift: Shift; now: Date },
): Promise<Written<Task, TaskRefusal>> {
  const moved = await writeTasks(actor, { now }, (writer) =>
    shiftTask(writer, taskId, { shift, among: [taskId] }),
  )
  return denyMissing(actor, moved)
}
