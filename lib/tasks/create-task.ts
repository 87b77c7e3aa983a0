import type { Actor } from '#lib/actor.ts'
import type { TaskRefusal } from './errors.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import type { NewTask } from './schema.ts'
import { addTask } from './steps/add-task.ts'
import { denyMissing } from './steps/refusal.ts'
import type { Task } from './task.ts'

/** @returns the task; `INVALID_DUE`; `INVALID_REPEAT`; `LIST_NOT_FOUND`; `QUOTA_EXCEEDED` */
export async function createTask(
  actor: Actor,
  task: NewTask,
  { now }: { now: Date },
): Promise<Written<Task, TaskRefusal>> {
  return denyMissing(actor, await writeTasks(actor, { now }, (writer) => addTask(writer, task)))
}
