import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from './account-event.ts'
import { findEntry, getDetail } from './find-entry.ts'

/**
 * Whether the owner may answer "This wasn't me" to an event: the catalogue allows it, another session caused it, and
 * a request did. An administrator's action shows no address (`own-event.ts`).
 */
export function canDisown(event: AccountEvent, actor: Pick<Actor, 'sessionId'>): boolean {
  const isOwn =
    event.sessionId === actor.sessionId || getDetail(event.details, 'by_session') === actor.sessionId
  return !isOwn && event.ipAddress !== null && findEntry(event)?.mayDisown === true
}
