import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from './account-event.ts'
import { findEntry, getDetail } from './find-entry.ts'

/** The catalogue must allow it, and the watch or a request of another session must have caused it. Administrators show no address. */
export function canDisown(event: AccountEvent, actor: Pick<Actor, 'sessionId'>): boolean {
  const isOwn =
    event.sessionId === actor.sessionId || getDetail(event.details, 'by_session') === actor.sessionId
  const isByOperator = event.ipAddress === null && event.eventType !== 'alert'
  return !isOwn && !isByOperator && findEntry(event)?.mayDisown === true
}
