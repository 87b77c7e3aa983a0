import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import { lockUser, revokeOtherSessions } from './session/revoke-all-sessions.ts'

/**
 * "This wasn't me": ends every session of the actor but this one, at once, and records which event it was about.
 * Only the acting browser stays a known device. Said twice, it ends what has begun meanwhile, and is recorded once.
 * @param deviceToken the device cookie of the acting browser
 * @returns nothing, or `EVENT_NOT_FOUND` for absent, foreign and malformed ids alike
 */
export async function reportUnrecognisedEvent(
  actor: Actor,
  eventId: string,
  deviceToken?: string,
  now = new Date(),
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
    const said = await tx.authEvent.findFirst({
      // Later than what it is about, so that few are looked at.
      where: { userId, id: { gt: found.id }, eventType: 'event_disowned', details: { equals: details } },
      select: { id: true },
    })
    if (!said) await record(tx, { type: 'event_disowned', client, userId, sessionId, details }, now)
    await revokeOtherSessions(tx, actor, deviceToken, now)
  })
  return ok(null)
}
