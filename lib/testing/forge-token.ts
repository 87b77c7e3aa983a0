import { createHmac, randomUUID } from 'node:crypto'
import { edgeEnv } from '#lib/env/edge.ts'

/** JWT_SECRET's first secret: what an attacker does not have, so that each test changes one thing only. */
export function currentSecret(): string {
  return edgeEnv().jwtSecrets[0]!
}

export function goodClaims(now: Date): Record<string, unknown> {
  const { origin } = edgeEnv().appUrl
  const userId = randomUUID()
  const iat = Math.floor(now.getTime() / 1000)
  return {
    iss: origin,
    aud: origin,
    sub: userId,
    user_id: userId,
    email: 'ada@example.com',
    sid: randomUUID(),
    jti: randomUUID(),
    iat,
    exp: iat + 900,
  }
}

function base64url(content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return Buffer.from(text).toString('base64url')
}

/** A compact JWS by hand, so that it can be wrong in every way. Header and claims as objects or as raw text. */
export function forgeToken(header: unknown, claims: unknown, secret: string, hash = 'sha256'): string {
  const signed = `${base64url(header)}.${base64url(claims)}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}
