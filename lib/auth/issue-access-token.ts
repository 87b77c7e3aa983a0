import { createHmac, randomUUID } from 'node:crypto'
import { edgeEnv } from '#lib/env/edge.ts'
import { signingKeys } from '#lib/gate/signing-keys.ts'
import { ACCESS_TOKEN_TYPE } from '#lib/gate/verify-access-token.ts'

export type AccessToken = { token: string; expiresAt: Date; expiresInSeconds: number }

/** Signs with the newest secret (RFC 9068). The token expires with its session at the latest. */
export async function issueAccessToken(
  subject: { userId: string; email: string; sessionId: string; sessionExpiresAt: Date },
  now: Date,
): Promise<AccessToken> {
  const { appUrl, accessTokenTtlSeconds, jwtSecrets } = edgeEnv()
  const [[newest], [secret]] = [await signingKeys(), jwtSecrets]
  if (!newest || !secret) throw new Error('JWT_SECRET holds no secret')
  const issuedAt = Math.floor(now.getTime() / 1000)
  const sessionEnd = Math.floor(subject.sessionExpiresAt.getTime() / 1000)
  const expiresAt = Math.min(issuedAt + accessTokenTtlSeconds, sessionEnd)
  const claims = {
    user_id: subject.userId,
    email: subject.email,
    sid: subject.sessionId,
    iss: appUrl.origin,
    aud: appUrl.origin,
    sub: subject.userId,
    jti: randomUUID(),
    iat: issuedAt,
    exp: expiresAt,
  }
  const token = sign({ alg: 'HS256', typ: ACCESS_TOKEN_TYPE, kid: newest.kid }, claims, secret)
  return { token, expiresAt: new Date(expiresAt * 1000), expiresInSeconds: expiresAt - issuedAt }
}

/** RFC 7515, 7.1. jose signs in a thread of WebCrypto, which takes ten times as long. */
function sign(header: object, claims: object, secret: string): string {
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}
