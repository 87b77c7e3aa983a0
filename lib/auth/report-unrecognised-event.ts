import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import { dropPendingChange } from './email-change/cancel-email-change.ts'
import { lockUser } from './session/lock-user.ts'
import { revokeOtherSessions } from './session/revoke-all-sessions.ts'

type Report = {
  eventId: string
  deviceToken?: string | undefined
  now: Date
}

/**
 * "This wasn't me": ends the actor's other sessions, and a pending change of the address. Records that once per event.
 * @returns `EVENT_NOT_FOUND` for absent, foreign and malformed ids alike
 */
export async function reportUnrecognisedEvent(
  actor: Actor,
  { eventId, deviceToken, now }: Report,
): Promise<Result<null, Failure<'EVENT_NOT_FOUND'>>> {
  const found = isUuid(eventId)
    ? await db().authEvent.findUnique({ where: { id: eventId }, select: { id: true, userId: true } })
    : null
  if (found?.userId !== actor.userId) {
    if (found) await recordDenied(actor, { failureReason: 'foreign_event', details: { event_id: found.id } })
    return err({ code: 'EVENT_NOT_FOUND' })
  }
  const { client, userId, sessionId } = actor
  const details = { event_id: found.id }
  await db().$transaction(async (tx) => {
    await lockUser(tx, userId)
    const earlierReport = await tx.authEvent.findFirst({
      // Ids sort by time, and a report is later than its event.
      where: { userId, id: { gt: found.id }, eventType: 'event_disowned', details: { equals: details } },
      select: { id: true },
    })
    if (!earlierReport) await record(tx, { type: 'event_disowned', client, userId, sessionId, details })
    await dropPendingChange(tx, userId)
    await revokeOtherSessions(tx, { actor, deviceToken, now })
  })
  return ok(null)
}
