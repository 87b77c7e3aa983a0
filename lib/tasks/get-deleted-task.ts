import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { whereOwnTask } from './where-own-task.ts'

/** A task of the actor's that was deleted and can be restored; null for anything else. */
export function getDeletedTask(actor: Actor, taskId: string): Promise<{ id: string; title: string } | null> {
  return db().task.findFirst({
    where: { ...whereOwnTask(actor, taskId), deletedAt: { not: null } },
    select: { id: true, title: true },
  })
}
