import { randomBytes } from 'node:crypto'
import { hashToken } from '#lib/auth/hash-token.ts'
import { DOUBLE_SUBMISSION_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { isSessionActive, SESSION_STATE } from './is-session-active.ts'
import { openSuccessor, sealSuccessor } from './refresh-token.ts'
import type { SessionTokens } from './tokens.ts'

/** Names one rendering of a form: 256 random bits. A form that is sent twice carries the same one both times. */
export function newSubmissionId(): string {
  return randomBytes(32).toString('hex')
}

/**
 * Remembers which session a submission has started. The first refresh token is sealed under the submission id, which
 * the database does not have.
 */
export async function saveSubmission(
  tx: Tx,
  userId: string,
  submission: string,
  token: string,
  now: Date,
): Promise<void> {
  const hash = hashSubmission(userId, submission)
  const data = { sealedToken: sealSuccessor(token, submission, userId), createdAt: now }
  await tx.formSubmission.upsert({
    where: { hash },
    create: { hash, ...data },
    update: data,
    select: { hash: true },
  })
}

/**
 * Finds the session that the same submission has just started for the same user. The caller has verified the password:
 * the id alone opens nothing.
 * @returns null unless it was at most 30 s ago, the session is active, and its refresh token still unused
 */
export async function getSubmittedSession(
  tx: Tx,
  userId: string,
  submission: string,
  now: Date,
): Promise<Pick<SessionTokens, 'session' | 'refresh'> | null> {
  const sent = await tx.formSubmission.findUnique({ where: { hash: hashSubmission(userId, submission) } })
  if (!sent || Math.abs(now.getTime() - sent.createdAt.getTime()) > DOUBLE_SUBMISSION_SECONDS * 1000)
    return null
  const token = openSuccessor(sent.sealedToken, submission, userId)
  const first = await tx.refreshToken.findUnique({
    where: { tokenHash: hashToken(token), rotatedAt: null, expiresAt: { gt: now } },
    select: { expiresAt: true, session: { select: { id: true, persistent: true, ...SESSION_STATE } } },
  })
  if (!first || !isSessionActive(first.session, now)) return null
  const { id, persistent, expiresAt } = first.session
  return { session: { id, persistent, expiresAt }, refresh: { token, expiresAt: first.expiresAt } }
}

/** Bound to the user: with another account's id a log-in finds nothing. */
function hashSubmission(userId: string, submission: string): Uint8Array<ArrayBuffer> {
  return hashToken(JSON.stringify([userId, submission]))
}
