import { type AccessToken, issueAccessToken } from '#lib/auth/issue-access-token.ts'

export type SessionTokens = {
  user: { id: string; email: string }
  session: { id: string; expiresAt: Date; persistent: boolean }
  access: AccessToken
  refresh: { token: string; expiresAt: Date }
}

export type SignedIn = SessionTokens & {
  /** Null for an API client. */
  deviceToken: string | null
  /** The account was to be deleted, and is kept. */
  isKept: boolean
}

export async function withAccessToken<T extends Omit<SessionTokens, 'access'>>(
  tokens: T,
  now: Date,
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
