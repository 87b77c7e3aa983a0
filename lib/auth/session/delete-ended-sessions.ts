import { DOUBLE_SUBMISSION_SECONDS, ROTATION_GRACE_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { daysBefore, secondsLater } from '#lib/time.ts'

/** Until then the log-in page can name the reason, and a copied token is still detected. */
const KEPT_DAYS = 30

/** Refresh tokens go with their session, never earlier: a deleted one could not be detected as reused. */
export async function deleteEndedSessions(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, KEPT_DAYS)
  // MATERIALIZED: PostgreSQL may run a subquery of `IN` several times, each time for another batch.
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM sessions WHERE least(expires_at, revoked_at) < ${before}::timestamptz
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM sessions USING batch WHERE sessions.id = batch.id`
}

export async function deleteExpiredSeals(tx: Tx, limit: number, now: Date): Promise<number> {
  const rotatedBefore = secondsLater(now, -2 * ROTATION_GRACE_SECONDS)
  const ofSuccessors = await tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM refresh_tokens WHERE sealed_successor IS NOT NULL AND rotated_at < ${rotatedBefore}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) UPDATE refresh_tokens SET sealed_successor = NULL FROM batch WHERE refresh_tokens.id = batch.id`
  const submittedBefore = secondsLater(now, -2 * DOUBLE_SUBMISSION_SECONDS)
  const ofSubmissions = await tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT hash FROM form_submissions WHERE created_at < ${submittedBefore}::timestamptz
      LIMIT ${limit - ofSuccessors} FOR UPDATE SKIP LOCKED
    ) DELETE FROM form_submissions USING batch WHERE form_submissions.hash = batch.hash`
  return ofSuccessors + ofSubmissions
}
