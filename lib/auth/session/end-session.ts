import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import { lockUser, revokeOtherSessions } from './revoke-all-sessions.ts'
import { revokeSession } from './revoke-session.ts'

/**
 * Ends one of the actor's sessions, this one or another; one that is over already stays so.
 * @returns nothing, or `SESSION_NOT_FOUND` for absent, foreign and malformed ids alike
 */
export async function endSession(
  actor: Actor,
  sessionId: string,
  now?: Date,
): Promise<Result<null, Failure<'SESSION_NOT_FOUND'>>> {
  const found = isUuid(sessionId)
    ? await db().session.findUnique({ where: { id: sessionId }, select: { userId: true } })
    : null
  if (found?.userId !== actor.userId) {
    if (found) {
      await recordDenied(actor, { failureReason: 'foreign_session', details: { session_id: sessionId } })
    }
    return err({ code: 'SESSION_NOT_FOUND' })
  }
  const isThisOne = sessionId.toLowerCase() === actor.sessionId
  const reason = isThisOne ? 'logged_out' : 'logged_out_elsewhere'
  const details = isThisOne ? undefined : { by_session: actor.sessionId }
  await db().$transaction((tx) => revokeSession(tx, sessionId, reason, actor.client, now, details))
  return ok(null)
}

/**
 * Ends all of the actor's sessions but this one. Only the acting browser stays a known device: a thief's is another.
 * @param deviceToken the device cookie of the acting browser
 */
export async function endOtherSessions(actor: Actor, deviceToken?: string): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockUser(tx, actor.userId)
    await revokeOtherSessions(tx, actor, deviceToken)
  })
}
