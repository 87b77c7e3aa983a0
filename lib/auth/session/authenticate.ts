import type { Actor, Client } from '#lib/actor.ts'
import { LAST_SEEN_INTERVAL_SECONDS } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { preparedRead, type SqlValue } from '#lib/db/prepared-statement.ts'
import { nodeEnv } from '#lib/env/node.ts'
import type { Failure } from '#lib/failure.ts'
import { verifyAccessToken } from '#lib/gate/verify-access-token.ts'
import { err, ok, type Result } from '#lib/result.ts'

type Account = {
  email: string
  emailConfirmedAt: Date | null
  name: string | null
  timeZone: string | null
  createdAt: Date
  lastLoginAt: Date | null
}

/** What the account has to do before anything else: the code that the API answers until then. */
export type Requirement = 'PASSWORD_CHANGE_REQUIRED' | 'EMAIL_NOT_CONFIRMED'

export type AuthenticatedActor = Actor & Account & { persistent: boolean; requirement: Requirement | null }

type ActiveSession = Omit<AuthenticatedActor, 'client' | 'sessionId' | 'requirement'> & {
  mustChangePassword: boolean
  lastSeenAt: Date
  own: unknown
}

/**
 * What a request reads of its own account, in the statement that checks the session: one round trip in place of two
 * (docs/decisions/0068-reads-with-the-session.md).
 */
export type OwnRead = {
  /** A subquery with one JSON value of the user `$2`. Its own values begin with `$4`. */
  sql: string
  values: SqlValue[]
}

const NOTHING: OwnRead = { sql: 'NULL', values: [] }

type Reader = (
  sessionId: string,
  userId: string,
  now: Date,
  ...values: SqlValue[]
) => Promise<ActiveSession[]>

const readers = new Map<string, Reader>()

/** @param sql a constant of the code, because each one is kept */
function readerWith(sql: string): Reader {
  const known = readers.get(sql)
  if (known) return known
  // PostgreSQL runs the subquery for a row that the conditions let through: for an active session.
  const reader: Reader = preparedRead<ActiveSession>(`
    SELECT users.id AS "userId", users.role::text, users.email, users.email_verified_at AS "emailConfirmedAt",
           users.name, users.time_zone AS "timeZone", users.created_at AS "createdAt",
           users.last_login_at AS "lastLoginAt", sessions.persistent,
           users.password_change_required_at IS NOT NULL AS "mustChangePassword",
           sessions.last_seen_at AS "lastSeenAt", (${sql}) AS own
    FROM sessions JOIN users ON users.id = sessions.user_id
    WHERE sessions.id = $1::uuid AND sessions.user_id = $2::uuid
      AND sessions.revoked_at IS NULL AND sessions.epoch >= users.session_epoch
      AND sessions.expires_at > $3::timestamptz AND users.disabled_at IS NULL`)
  readers.set(sql, reader)
  return reader
}

const UNAUTHORIZED = err({ code: 'UNAUTHORIZED' })

/**
 * Reads the session for every request, so that a revocation takes effect with the next one (ASVS 7.4.1).
 * @param read what the actor also wants: `own` is its value
 */
export async function authenticate(
  accessToken: string | null,
  { client, now, read = NOTHING }: { client: Client; now: Date; read?: OwnRead | undefined },
): Promise<Result<AuthenticatedActor & { own: unknown }, Failure<'UNAUTHORIZED'>>> {
  if (!accessToken) return UNAUTHORIZED
  const claims = await verifyAccessToken(accessToken, now)
  if (!claims.ok) return UNAUTHORIZED
  const { userId, sessionId } = claims.value
  const [found] = await readerWith(read.sql)(sessionId, userId, now, ...read.values)
  if (!found) return UNAUTHORIZED
  const { lastSeenAt, mustChangePassword, ...account } = found
  // A wrong clock may have left a time in the future.
  if (Math.abs(now.getTime() - lastSeenAt.getTime()) > LAST_SEEN_INTERVAL_SECONDS * 1000) {
    // Checked again, so that of parallel requests one writes.
    await db().session.updateMany({ where: { id: sessionId, lastSeenAt }, data: { lastSeenAt: now } })
  }
  return ok({ ...account, requirement: findRequirement(found), sessionId, client })
}

function findRequirement({ mustChangePassword, emailConfirmedAt }: ActiveSession): Requirement | null {
  if (mustChangePassword) return 'PASSWORD_CHANGE_REQUIRED'
  return nodeEnv().requireConfirmedEmail && !emailConfirmedAt ? 'EMAIL_NOT_CONFIRMED' : null
}
