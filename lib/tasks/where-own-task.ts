import type { Actor } from '#lib/actor.ts'
import { isUuid } from '#lib/uuid.ts'

/** Filters by id and owner. A malformed id matches nothing, so it gets the same 404 as an unknown one. */
export function whereOwnTask(actor: Actor, taskId: string) {
  return { ...whereAnyTask(taskId), userId: actor.userId }
}

export function whereAnyTask(taskId: string) {
  return { id: { in: isUuid(taskId) ? [taskId] : [] } }
}
