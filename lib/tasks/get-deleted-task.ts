import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { whereOwnTask } from './where-own-task.ts'

export function getDeletedTask(actor: Actor, taskId: string): Promise<{ id: string; title: string } | null> {
  return db().task.findFirst({
    where: { ...whereOwnTask(actor, taskId), deletedAt: { not: null } },
    select: { id: true, title: true },
  })
}
