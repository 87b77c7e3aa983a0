import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import { lockUser } from './lock-user.ts'
import { revokeOtherSessions } from './revoke-all-sessions.ts'
import { revokeSession } from './revoke-session.ts'

/** @returns `SESSION_NOT_FOUND` for absent, foreign and malformed ids alike; no failure for an ended session */
export async function endSession(
  actor: Actor,
  { sessionId, now }: { sessionId: string; now: Date },
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
  const { client } = actor
  const isCurrent = sessionId.toLowerCase() === actor.sessionId
  const why = isCurrent
    ? ({ reason: 'logged_out' } as const)
    : ({ reason: 'logged_out_elsewhere', details: { by_session: actor.sessionId } } as const)
  await db().$transaction((tx) => revokeSession(tx, { sessionId, client, now, ...why }))
  return ok(null)
}

/** The acting browser stays a known device, a thief's does not. */
export async function endOtherSessions(
  actor: Actor,
  { deviceToken, now }: { deviceToken?: string | undefined; now: Date },
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockUser(tx, actor.userId)
    await revokeOtherSessions(tx, { actor, deviceToken, now })
  })
}
