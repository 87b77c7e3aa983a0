import { ROTATION_GRACE_SECONDS } from '#lib/auth/policy.ts'

export type PresentedToken = {
  expiresAt: Date
  rotatedAt: Date | null
  successor: { rotatedAt: Date | null } | null
}

export type PresentedSession = {
  transport: 'cookie' | 'bearer'
  expiresAt: Date
  isRevoked: boolean
  accountDisabledAt: Date | null
}

type Presentation = {
  /** Both rows as read under the session's lock. */
  token: PresentedToken
  session: PresentedSession
  transport: 'cookie' | 'bearer'
  /** The start of the transaction: waiting for the lock does not use up the grace period. */
  now: Date
}

export type RefusalReason =
  | 'session_revoked'
  | 'session_expired'
  | 'token_expired'
  | 'account_disabled'
  | 'wrong_transport'
  | 'raced'

export type Judgement =
  | { verdict: 'rotate' | 'replay' | 'reuse' }
  | { verdict: 'refuse'; reason: RefusalReason }

/**
 * Decides what a presented refresh token gets (docs/decisions/0003-sessions-and-access-tokens.md). Pure.
 * - `rotate`: first use, a new token.
 * - `replay`: another tab was faster. Its successor is unused, and this tab gets it too.
 * - `reuse`: a copy exists, and the session has to end (RFC 9700 section 4.14.2).
 */
export function judgeRefreshToken({ token, session, transport, now }: Presentation): Judgement {
  if (session.isRevoked) return { verdict: 'refuse', reason: 'session_revoked' }
  if (session.expiresAt <= now) return { verdict: 'refuse', reason: 'session_expired' }
  if (session.accountDisabledAt) return { verdict: 'refuse', reason: 'account_disabled' }
  if (session.transport !== transport) return { verdict: 'refuse', reason: 'wrong_transport' }
  if (token.expiresAt <= now) return { verdict: 'refuse', reason: 'token_expired' }
  if (!token.rotatedAt) return { verdict: 'rotate' }

  const ageSeconds = (now.getTime() - token.rotatedAt.getTime()) / 1000
  const isRace = ageSeconds <= ROTATION_GRACE_SECONDS && token.successor?.rotatedAt === null
  if (!isRace) return { verdict: 'reuse' }
  return transport === 'cookie' ? { verdict: 'replay' } : { verdict: 'refuse', reason: 'raced' }
}
