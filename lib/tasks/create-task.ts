import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { NewTask } from './schema.ts'
import { TASK_COLUMNS, type Task } from './task.ts'

export function createTask(actor: Actor, { title, description }: NewTask): Promise<Task> {
  return db().task.create({
    data: { userId: actor.userId, title, description: description ?? null },
    select: TASK_COLUMNS,
  })
}
