import { type AccessToken, issueAccessToken } from '#lib/auth/issue-access-token.ts'

/** What a signed-in client holds. */
export type SessionTokens = {
  user: { id: string; email: string }
  session: { id: string; expiresAt: Date; persistent: boolean }
  access: AccessToken
  refresh: { token: string; expiresAt: Date }
}

/** Completes a session and its refresh token with a fresh access token. */
export async function withAccessToken<T extends Omit<SessionTokens, 'access'>>(
  tokens: T,
  now?: Date,
): Promise<T & { access: AccessToken }> {
  const { user, session } = tokens
  const subject = {
    userId: user.id,
    email: user.email,
    sessionId: session.id,
    sessionExpiresAt: session.expiresAt,
  }
  return { ...tokens, access: await issueAccessToken(subject, now) }
}

/** The outcome of a sign-in: the tokens, and for a browser the cookie by which this device is known from now on. */
export type SignedIn = SessionTokens & { deviceToken: string | null }
