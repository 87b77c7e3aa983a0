import type { Actor, Client } from '#lib/actor.ts'
import { LAST_SEEN_INTERVAL_SECONDS } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { verifyAccessToken } from '#lib/gate/verify-access-token.ts'
import { err, ok, type Result } from '#lib/result.ts'

export type AuthenticatedActor = Actor & {
  email: string
  name: string | null
  persistent: boolean
  /** An operator wants the password changed before anything else is done. */
  mustChangePassword: boolean
}

/**
 * Who presents this access token: a valid token AND a living session of an enabled account, read anew for each
 * request, so that a revocation counts at once (ASVS 7.4.1).
 * @returns the actor, or `UNAUTHORIZED` whatever was wrong
 */
export async function authenticate(
  accessToken: string | null,
  client: Client,
  now = new Date(),
): Promise<Result<AuthenticatedActor, 'UNAUTHORIZED'>> {
  if (!accessToken) return err('UNAUTHORIZED')
  const claims = await verifyAccessToken(accessToken, now)
  if (!claims.ok) return err('UNAUTHORIZED')
  const { userId, sessionId } = claims.value
  const [found] = await db().$queryRaw<
    (Omit<AuthenticatedActor, 'client' | 'sessionId'> & { lastSeenAt: Date })[]
  >`
    SELECT users.id AS "userId", users.role::text, users.email, users.name, sessions.persistent,
           users.password_change_required_at IS NOT NULL AS "mustChangePassword",
           sessions.last_seen_at AS "lastSeenAt"
    FROM sessions JOIN users ON users.id = sessions.user_id
    WHERE sessions.id = ${sessionId}::uuid AND sessions.user_id = ${userId}::uuid
      AND sessions.revoked_at IS NULL AND sessions.epoch >= users.session_epoch
      AND sessions.expires_at > ${now}::timestamptz AND users.disabled_at IS NULL`
  if (!found) return err('UNAUTHORIZED')
  const { lastSeenAt, ...account } = found
  // Also where a wrong clock has left a time in the future.
  if (Math.abs(now.getTime() - lastSeenAt.getTime()) > LAST_SEEN_INTERVAL_SECONDS * 1000) {
    // Asked once more, so that of parallel requests one writes.
    await db().session.updateMany({ where: { id: sessionId, lastSeenAt }, data: { lastSeenAt: now } })
  }
  return ok({ ...account, sessionId, client })
}
