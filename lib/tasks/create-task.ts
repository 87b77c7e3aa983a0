import type { Actor } from '#lib/audit/events'
import { db } from '#lib/db/client'
import type { CreateTask } from './schema'
import { TASK_COLUMNS, type Task } from './task'

/** Adds a task to the actor's list. */
export function createTask(actor: Actor, { title, description }: CreateTask): Promise<Task> {
  return db().task.create({
    data: { userId: actor.userId, title, description: description ?? null },
    select: TASK_COLUMNS,
  })
}
