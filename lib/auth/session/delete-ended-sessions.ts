import { DOUBLE_SUBMISSION_SECONDS, ROTATION_GRACE_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { daysBefore, secondsLater } from '#lib/time.ts'

/** How long an ended session is kept, so that its browser can still be told why, and a copied token be known as one. */
const DEAD_DAYS = 30

/** Deletes sessions that have been over for 30 days, with their refresh tokens, which never go before their session. */
export async function deleteEndedSessions(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, DEAD_DAYS)
  return tx.$executeRaw`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE least(expires_at, revoked_at) < ${before}::timestamptz
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}

/** Forgets sealed tokens that no client may be given any more: successors, and those of forms that were sent. */
export async function deleteExpiredSeals(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = secondsLater(now, -2 * ROTATION_GRACE_SECONDS)
  const dropped = await tx.$executeRaw`
    UPDATE refresh_tokens SET sealed_successor = NULL WHERE id IN (
      SELECT id FROM refresh_tokens WHERE sealed_successor IS NOT NULL AND rotated_at < ${before}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
  const sentBefore = secondsLater(now, -2 * DOUBLE_SUBMISSION_SECONDS)
  const deleted = await tx.$executeRaw`
    DELETE FROM form_submissions WHERE hash IN (
      SELECT hash FROM form_submissions WHERE created_at < ${sentBefore}::timestamptz
      LIMIT ${limit - dropped} FOR UPDATE SKIP LOCKED)`
  return dropped + deleted
}
