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
  | 'account_deletion'
  | 'account_secured'
  | 'expired'

/** The refresh token proves that the browser had the session. Null also for a reason that means nothing to the user. */
export async function getLogOutReason(refreshToken: string, now: Date): Promise<LogOutReason | null> {
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
    case 'account_deletion':
    case 'account_secured':
      return reason
    case 'replaced':
    case 'account_disabled':
      return null
    case null:
      return expiresAt <= now || found.expiresAt <= now ? 'expired' : null
  }
}
