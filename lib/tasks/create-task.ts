import type { Actor } from '#lib/actor.ts'
import { ok, type Result } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import type { QuotaExceeded } from './errors.ts'
import { writeTasks } from './journal/write-tasks.ts'
import type { NewTask } from './schema.ts'
import type { Task } from './task.ts'

/** @returns the task; `QUOTA_EXCEEDED` */
export function createTask(
  actor: Actor,
  { title, description = null }: NewTask,
  { now }: { now: Date },
): Promise<Result<Task, QuotaExceeded>> {
  const { userId } = actor
  const times = { completedAt: null, createdAt: now, updatedAt: now }
  const task: Task = { id: newId(now), userId, title, description, ...times, version: 1 }
  return writeTasks(actor, { now }, async (writer) => {
    writer.add({ ...task, deletedAt: null })
    return ok(task)
  })
}
