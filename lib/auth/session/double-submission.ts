import { randomBytes } from 'node:crypto'
import { hashToken } from '#lib/auth/hash-token.ts'
import { DOUBLE_SUBMISSION_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { isSessionActive, SESSION_STATE } from './is-session-active.ts'
import { openSuccessor, sealSuccessor } from './refresh-token.ts'
import type { SessionTokens } from './tokens.ts'

/** An idempotency key of 256 random bits, one per rendered form (docs/decisions/0028-a-form-sent-twice.md). */
export function newSubmissionId(): string {
  return randomBytes(32).toString('hex')
}

type Submission = { userId: string; submission: string; now: Date }

/** Seals the first refresh token under the submission id, of which the database has only the hash. */
export async function saveSubmission(
  tx: Tx,
  { userId, submission, now, refreshToken }: Submission & { refreshToken: string },
): Promise<void> {
  const hash = hashSubmission(userId, submission)
  const sealedToken = sealSuccessor(refreshToken, { secret: submission, rowId: userId })
  const data = { sealedToken, createdAt: now }
  await tx.formSubmission.upsert({
    where: { hash },
    create: { hash, ...data },
    update: data,
    select: { hash: true },
  })
}

/**
 * The caller has verified the password: the id alone opens nothing.
 * @returns null after 30 seconds, and if the session has ended or its refresh token was used
 */
export async function getSubmittedSession(
  tx: Tx,
  { userId, submission, now }: Submission,
): Promise<Pick<SessionTokens, 'session' | 'refresh'> | null> {
  const sent = await tx.formSubmission.findUnique({ where: { hash: hashSubmission(userId, submission) } })
  if (!sent || Math.abs(now.getTime() - sent.createdAt.getTime()) > DOUBLE_SUBMISSION_SECONDS * 1000)
    return null
  const token = openSuccessor(sent.sealedToken, { secret: submission, rowId: userId })
  const first = await tx.refreshToken.findUnique({
    where: { tokenHash: hashToken(token), rotatedAt: null, expiresAt: { gt: now } },
    select: { expiresAt: true, session: { select: { id: true, persistent: true, ...SESSION_STATE } } },
  })
  if (!first || !isSessionActive(first.session, now)) return null
  const { id, persistent, expiresAt } = first.session
  return { session: { id, persistent, expiresAt }, refresh: { token, expiresAt: first.expiresAt } }
}

/** With the user, so that another account's submission id finds nothing. */
function hashSubmission(userId: string, submission: string): Uint8Array<ArrayBuffer> {
  return hashToken(JSON.stringify([userId, submission]))
}
