import type { Client } from '#lib/actor.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { NON_PERSISTENT_SESSION_TTL_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { secondsLater } from '#lib/time.ts'
import { getSubmittedSession, saveSubmission } from './double-submission.ts'
import { enforceSessionLimit } from './enforce-session-limit.ts'
import { newRefreshToken } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import type { SessionTokens } from './tokens.ts'

/** How and where somebody signs in. */
export type SignIn = {
  client: Client
  /** Fixed for the life of the session: tokens in cookies or in the hands of a client program. */
  transport: 'cookie' | 'bearer'
  /** Whether cookies outlive the browser window; an unkept session ends after 24 hours. */
  persistent: boolean
  /** The refresh token of the session that this browser has now, which the new one replaces. */
  replacedRefreshToken?: string | undefined
  /** The device cookie that came along. */
  deviceToken?: string | undefined
  /** The submission id of the form: sent again, it gets the session that it has started. */
  submission?: string | undefined
}

/**
 * Starts a session in the transaction of its sign-in, with the user's row locked: whoever disables the account
 * or changes the password takes the same lock, so no log-in in flight survives them (design 4). Of more than 100
 * active sessions the one seen least recently ends. A form that has just started a session, and is sent again, gets
 * that one.
 * @param passwordChangedAt the version of the password that was just verified or written; hashing it anew keeps it
 * @returns session and refresh token, or `ACCOUNT_CHANGED` if the account is disabled, gone, or has another password by now
 */
export async function startSession(
  tx: Tx,
  userId: string,
  passwordChangedAt: Date,
  signIn: SignIn,
  now = new Date(),
): Promise<Result<Omit<SessionTokens, 'access'>, 'ACCOUNT_CHANGED'>> {
  const [user] = await tx.$queryRaw<{ email: string; isUnchanged: boolean }[]>`
    SELECT users.email, users.disabled_at IS NULL AND passwords.changed_at = ${passwordChangedAt}::timestamptz AS "isUnchanged"
    FROM users JOIN passwords ON passwords.user_id = users.id
    WHERE users.id = ${userId}::uuid FOR UPDATE`
  if (!user?.isUnchanged) return err('ACCOUNT_CHANGED')

  const { client, transport, persistent, replacedRefreshToken, submission } = signIn
  const owner = { id: userId, email: user.email }
  const replacedId = replacedRefreshToken ? await findReplaced(tx, replacedRefreshToken) : null
  const submitted = submission ? await getSubmittedSession(tx, userId, submission, now) : null
  if (submitted) {
    if (replacedId && replacedId !== submitted.session.id)
      await revokeSession(tx, replacedId, 'replaced', client, now)
    return ok({ user: owner, ...submitted })
  }
  await enforceSessionLimit(tx, userId, replacedId, client, now)
  // Read now: what ended the surplus may have raised it.
  const account = { where: { id: userId }, select: { sessionEpoch: true } }
  const { sessionEpoch: epoch } = await tx.user.findUniqueOrThrow(account)

  const { sessionTtlSeconds, refreshTokenTtlSeconds } = nodeEnv()
  const ttlSeconds = persistent
    ? sessionTtlSeconds
    : Math.min(sessionTtlSeconds, NON_PERSISTENT_SESSION_TTL_SECONDS)
  const expiresAt = secondsLater(now, ttlSeconds)
  const session = await tx.session.create({
    data: {
      userId,
      transport,
      persistent,
      signedInWith: 'password',
      ipAddress: client.ipAddress,
      userAgent: client.userAgent,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      epoch,
    },
    select: { id: true, expiresAt: true, persistent: true },
  })
  const token = newRefreshToken()
  const idleEnd = secondsLater(now, Math.min(refreshTokenTtlSeconds, ttlSeconds))
  await tx.refreshToken.create({
    data: { sessionId: session.id, tokenHash: hashToken(token), createdAt: now, expiresAt: idleEnd },
    select: { id: true },
  })
  if (submission) await saveSubmission(tx, userId, submission, token, now)
  return ok({ user: owner, session, refresh: { token, expiresAt: idleEnd } })
}

async function findReplaced(tx: Tx, refreshToken: string): Promise<string | null> {
  const replaced = await tx.refreshToken.findUnique({
    where: { tokenHash: hashToken(refreshToken), session: { transport: 'cookie' } },
    select: { sessionId: true },
  })
  return replaced?.sessionId ?? null
}
