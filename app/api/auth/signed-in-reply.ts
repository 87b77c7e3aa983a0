import type { SessionTokens } from '#lib/auth/session/tokens.ts'
import { ok } from '#lib/result.ts'

/** The answer to a sign-up or log-in has its tokens in the body and sets no cookie. */
export function signedInReply(status: 200 | 201, tokens: SessionTokens) {
  const { id, email } = tokens.user
  return ok({ status, body: { user_id: id, email, token: tokens.access.token, ...tokenBody(tokens) } })
}

/** The token part of an answer, as in RFC 6749 section 5.1. */
export function tokenBody({ access, refresh }: SessionTokens) {
  return {
    access_token: access.token,
    refresh_token: refresh.token,
    token_type: 'Bearer',
    expires_in: access.expiresInSeconds,
  }
}
