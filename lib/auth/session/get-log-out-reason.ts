import { hashToken } from '#lib/auth/hash-token.ts'
import { db } from '#lib/db/client.ts'
import { getRevokedReason } from './get-revoked-reason.ts'

export type LogOutReason =
  | 'logged_out'
  | 'logged_out_elsewhere'
  | 'password_changed'
  | 'refresh_token_reused'
  | 'ended_by_operator'
  | 'too_many_sessions'
  | 'expired'

/**
 * Why the session of this browser is over, asked with the refresh token that it still holds: only who had the session
 * learns it. Null for an unknown token, a living session, or a reason that says nothing to its owner.
 */
export async function getLogOutReason(refreshToken: string, now = new Date()): Promise<LogOutReason | null> {
  const found = await db().refreshToken.findUnique({
    where: { tokenHash: hashToken(refreshToken) },
    select: { expiresAt: true, session: { select: { id: true, expiresAt: true } } },
  })
  if (!found) return null
  const { id, expiresAt } = found.session
  const reason = await getRevokedReason(db(), id)
  switch (reason) {
    case 'logged_out':
    case 'logged_out_elsewhere':
    case 'password_changed':
    case 'refresh_token_reused':
    case 'ended_by_operator':
    case 'too_many_sessions':
      return reason
    case 'replaced':
    case 'account_disabled':
      return null
    case null:
      return expiresAt <= now || found.expiresAt <= now ? 'expired' : null
  }
}
