import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { edgeEnv } from '#lib/env/edge.ts'
import { signingKeys } from '#lib/gate/signing-keys.ts'
import { ACCESS_TOKEN_TYPE } from '#lib/gate/verify-access-token.ts'

export type AccessToken = { token: string; expiresAt: Date; expiresInSeconds: number }

/** Signs with the newest secret (RFC 9068). The token expires with its session at the latest. */
export async function issueAccessToken(
  subject: { userId: string; email: string; sessionId: string; sessionExpiresAt: Date },
  now: Date,
): Promise<AccessToken> {
  const { appUrl, accessTokenTtlSeconds } = edgeEnv()
  const [newest] = await signingKeys()
  if (!newest) throw new Error('JWT_SECRET holds no secret')
  const issuedAt = Math.floor(now.getTime() / 1000)
  const sessionEnd = Math.floor(subject.sessionExpiresAt.getTime() / 1000)
  const expiresAt = Math.min(issuedAt + accessTokenTtlSeconds, sessionEnd)
  const token = await new SignJWT({ user_id: subject.userId, email: subject.email, sid: subject.sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: ACCESS_TOKEN_TYPE, kid: newest.kid })
    .setIssuer(appUrl.origin)
    .setAudience(appUrl.origin)
    .setSubject(subject.userId)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(newest.key)
  return { token, expiresAt: new Date(expiresAt * 1000), expiresInSeconds: expiresAt - issuedAt }
}
