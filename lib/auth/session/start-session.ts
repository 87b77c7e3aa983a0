import type { Client } from '#lib/actor.ts'
import { cancelDeletion } from '#lib/auth/deletion/cancel-deletion.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { NON_PERSISTENT_SESSION_TTL_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { secondsLater } from '#lib/time.ts'
import { getSubmittedSession, saveSubmission } from './double-submission.ts'
import { enforceSessionLimit } from './enforce-session-limit.ts'
import { newRefreshToken } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import type { SignedIn } from './tokens.ts'

export type SignIn = {
  client: Client
  /** Fixed for the life of the session: tokens in cookies, or in the body of a response. */
  transport: 'cookie' | 'bearer'
  /** Whether cookies outlive the browser window. Otherwise the session ends after 24 hours. */
  persistent: boolean
  replacedRefreshToken?: string | undefined
  deviceToken?: string | undefined
  /** The form's submission id (`getSubmittedSession`). */
  submission?: string | undefined
  /** The browser's, for an account that has none. */
  timeZone?: string | undefined
  /** Another mail reports this log-in to the owner already. */
  isReported?: boolean
  now: Date
}

type StartedSession = Omit<SignedIn, 'access' | 'deviceToken'> & {
  /** The form was sent twice, and its first copy has started the session. */
  isRepeated: boolean
}

type VerifiedSignIn = {
  userId: string
  /** The version of the password that was just verified or written. A rehash keeps the version. */
  passwordChangedAt: Date
  signIn: SignIn
}

/**
 * Locks the user's row. Disabling an account and changing a password take the same lock: no log-in in flight survives them.
 * An account that waits for its deletion is kept.
 * @returns `ACCOUNT_CHANGED` if the account is disabled, deleted, or has another password by now
 */
export async function startSession(
  tx: Tx,
  { userId, passwordChangedAt, signIn }: VerifiedSignIn,
): Promise<Result<StartedSession, Failure<'ACCOUNT_CHANGED'>>> {
  const [user] = await tx.$queryRaw<{ email: string; isUnchanged: boolean; isLeaving: boolean }[]>`
    SELECT users.email, users.deletion_due_at IS NOT NULL AS "isLeaving",
           users.disabled_at IS NULL AND passwords.changed_at = ${passwordChangedAt}::timestamptz
           AND (users.deletion_due_at IS NULL OR users.deletion_due_at > ${signIn.now}::timestamptz) AS "isUnchanged"
    FROM users JOIN passwords ON passwords.user_id = users.id
    WHERE users.id = ${userId}::uuid FOR UPDATE`
  if (!user?.isUnchanged) return err({ code: 'ACCOUNT_CHANGED' })

  const { client, replacedRefreshToken, submission, now } = signIn
  if (user.isLeaving) await cancelDeletion(tx, { userId, client })
  const owner = { id: userId, email: user.email }
  const replacedId = replacedRefreshToken ? await findReplacedId(tx, replacedRefreshToken) : null
  const submitted = submission ? await getSubmittedSession(tx, { userId, submission, now }) : null
  if (submitted) {
    if (replacedId && replacedId !== submitted.session.id)
      await revokeSession(tx, { sessionId: replacedId, reason: 'replaced', client, now })
    return ok({ user: owner, ...submitted, isKept: user.isLeaving, isRepeated: true })
  }
  await enforceSessionLimit(tx, { userId, replacedId, client, now })
  const started = await insertSession(tx, { userId, signIn })
  const { token: refreshToken } = started.refresh
  if (submission) await saveSubmission(tx, { userId, submission, now, refreshToken })
  return ok({ user: owner, ...started, isKept: user.isLeaving, isRepeated: false })
}

async function findReplacedId(tx: Tx, refreshToken: string): Promise<string | null> {
  const replaced = await tx.refreshToken.findUnique({
    where: { tokenHash: hashToken(refreshToken), session: { transport: 'cookie' } },
    select: { sessionId: true },
  })
  return replaced?.sessionId ?? null
}

async function insertSession(tx: Tx, { userId, signIn }: { userId: string; signIn: SignIn }) {
  const { client, transport, persistent, now } = signIn
  // Read now: enforcing the limit may have raised it.
  const account = { where: { id: userId }, select: { sessionEpoch: true } }
  const { sessionEpoch: epoch } = await tx.user.findUniqueOrThrow(account)
  const { sessionTtlSeconds, refreshTokenTtlSeconds } = nodeEnv()
  const ttlSeconds = persistent
    ? sessionTtlSeconds
    : Math.min(sessionTtlSeconds, NON_PERSISTENT_SESSION_TTL_SECONDS)
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
      expiresAt: secondsLater(now, ttlSeconds),
      epoch,
    },
    select: { id: true, expiresAt: true, persistent: true },
  })
  const token = newRefreshToken()
  const expiresAt = secondsLater(now, Math.min(refreshTokenTtlSeconds, ttlSeconds))
  await tx.refreshToken.create({
    data: { sessionId: session.id, tokenHash: hashToken(token), createdAt: now, expiresAt },
    select: { id: true },
  })
  return { session, refresh: { token, expiresAt } }
}
