import { newId } from '#lib/uuid.ts'
import type { Subject } from './new-event.ts'
import { toSafeText } from './safe-text.ts'
import { type EventContent, eventMac } from './seal/event-mac.ts'

const MAX_EMAIL_LENGTH = 254

/** An event of any version: `record` takes the stricter `NewEvent`. */
export type UncheckedEvent = Subject & {
  type: string
  failureReason?: string | undefined
  details?: Record<string, string | number | boolean> | undefined
}

/** An event as the database stores it. Ids are in lower case, as the database returns them, because the MAC covers them. */
export function eventRow(event: UncheckedEvent, at: Date) {
  const content: EventContent = {
    id: newId(at),
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
