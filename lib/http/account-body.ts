import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'

/** An account in an answer of the API and in the download of its data (docs/api.md). */
export function accountBody(account: Omit<AuthenticatedActor, 'client'>) {
  return {
    user_id: account.userId,
    email: account.email,
    email_confirmed_at: account.emailConfirmedAt,
    name: account.name,
    time_zone: account.timeZone,
    created_at: account.createdAt,
    last_login_at: account.lastLoginAt,
    session_id: account.sessionId,
  }
}
