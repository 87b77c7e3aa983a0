import type { Actor } from '#lib/actor.ts'
import { isUuid } from '#lib/uuid.ts'

/** Selects one task of the actor's; nothing for an id that is none, which is answered like any unknown one. */
export function whereOwnTask(actor: Actor, taskId: string) {
  return { ...whereAnyTask(taskId), userId: actor.userId }
}

/** Selects a task whoever owns it. */
export function whereAnyTask(taskId: string) {
  return { id: { in: isUuid(taskId) ? [taskId] : [] } }
}
