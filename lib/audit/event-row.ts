import { newEventId } from './event-id.ts'
import type { AuthEventInput } from './events.ts'
import { toSafeText } from './safe-text.ts'
import { type EventContent, eventMac } from './seal/event-mac.ts'

const MAX_EMAIL_LENGTH = 254

/**
 * An event as it is stored, with its id and its MAC. `success` follows from the absence of a reason. Ids are in lower
 * case, as the database gives them back: the MAC is made of them.
 */
export function eventRow(event: AuthEventInput, at: Date) {
  const content: EventContent = {
    id: newEventId(at),
    eventType: event.type,
    success: event.failureReason === undefined,
    failureReason: event.failureReason ?? null,
    userId: event.userId?.toLowerCase() ?? null,
    sessionId: event.sessionId?.toLowerCase() ?? null,
    email: event.email === undefined ? null : toSafeText(event.email, MAX_EMAIL_LENGTH),
    ipAddress: event.client.ipAddress,
    network: event.client.network,
    userAgent: event.client.userAgent,
    requestId: event.client.requestId.toLowerCase(),
    details: event.details ?? null,
    createdAt: at,
  }
  return { ...content, mac: eventMac(content) }
}
