import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { isUuid } from '#lib/uuid.ts'
import { type AccountEvent, EVENT_COLUMNS, hideOperator } from './account-event.ts'

/** @returns null for absent, foreign and malformed ids alike */
export async function getEvent(actor: Actor, id: string): Promise<AccountEvent | null> {
  if (!isUuid(id)) return null
  const event = await db().authEvent.findFirst({ where: { id, userId: actor.userId }, select: EVENT_COLUMNS })
  return event && hideOperator(event)
}
