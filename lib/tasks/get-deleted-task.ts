import type { Actor } from '#lib/audit/events'
import { db } from '#lib/db/client'
import { ownTask } from './own-task'

/** A task of the actor's that was deleted and can be restored; null for anything else. */
export function getDeletedTask(actor: Actor, taskId: string): Promise<{ id: string; title: string } | null> {
  return db().task.findFirst({
    where: { ...ownTask(actor, taskId), deletedAt: { not: null } },
    select: { id: true, title: true },
  })
}
