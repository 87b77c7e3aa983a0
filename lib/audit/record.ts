import type { Tx } from '#lib/db/client'
import type { AuthEventInput } from './events'
import { toSafeText } from './safe-text'

const MAX_EMAIL_LENGTH = 254

/**
 * Appends an event. Given the transaction of the change it tells of, it commits with it or not at all (design 8);
 * a failure is recorded outside the work that was rolled back. `success` follows from the absence of a reason.
 */
export async function record(tx: Tx, event: AuthEventInput): Promise<void> {
  await tx.authEvent.create({
    data: {
      eventType: event.type,
      success: event.failureReason === undefined,
      failureReason: event.failureReason ?? null,
      userId: event.userId ?? null,
      sessionId: event.sessionId ?? null,
      email: event.email === undefined ? null : toSafeText(event.email, MAX_EMAIL_LENGTH),
      ipAddress: event.client.ipAddress,
      userAgent: event.client.userAgent,
      requestId: event.client.requestId,
      ...(event.details && { details: event.details }),
    },
    select: { id: true },
  })
}
