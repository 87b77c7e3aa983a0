import { record } from '#lib/audit/record.ts'
import { refuseThrottled } from '#lib/auth/refuse-throttled.ts'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { throttle } from '#lib/auth/throttle.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { sendConfirmation } from './send-confirmation.ts'

/** Replaces the link before. Does nothing for a confirmed address. @returns `RATE_LIMITED` */
export async function resendConfirmation(
  actor: AuthenticatedActor,
  now: Date,
): Promise<Result<null, Failure<'RATE_LIMITED'>>> {
  const { userId, sessionId, email, client } = actor
  if (actor.emailConfirmedAt) return ok(null)
  const subject = { client, userId, sessionId }
  const points = await throttle([makeBucket('confirm.account', userId)], subject)
  if (!points.ok) return points
  const sent = await db().$transaction(async (tx) => {
    const queued = await sendConfirmation(tx, { userId, email, now })
    if (queued.ok) await record(tx, { type: 'email_confirmation_requested', ...subject })
    return queued
  })
  return sent.ok ? sent : err(await refuseThrottled(sent.error, subject))
}
