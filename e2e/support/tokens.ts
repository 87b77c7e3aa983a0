import { createHash, randomUUID } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import type { Account } from './api.ts'
import { jwtSecret } from './run.ts'

export type Claims = Record<string, unknown>

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** The claims of an access token (docs/api.md) for an account and one of its sessions. */
export function claimsFor({ userId, email, server }: Account, sessionId: string): Claims {
  return {
    iss: server,
    aud: server,
    sub: userId,
    user_id: userId,
    email,
    sid: sessionId,
    jti: randomUUID(),
    iat: nowSeconds(),
    exp: nowSeconds() + 900,
  }
}

export function kidOf(secret: string): string {
  return createHash('sha256').update(`taskward kid v1\0${secret}`).digest('hex').slice(0, 16)
}

/** Signs claims with the run's secret. `header` changes the default header. */
export function mint(claims: Claims, header: Record<string, unknown> = {}, secret = jwtSecret()) {
  return new SignJWT(claims as JWTPayload)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: kidOf(secret), ...header })
    .sign(new TextEncoder().encode(secret))
}

/** Header and payload of a token. */
export function decode(token: string): Claims[] {
  return token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
}

/** Changes the claims of a token and keeps its signature. */
export function tamper(token: string, changes: Claims): string {
  const [header, , signature] = token.split('.')
  return [header, encode({ ...decode(token)[1], ...changes }), signature].join('.')
}

/** A token without a signature. */
export function unsigned(claims: Claims, alg = 'none'): string {
  return `${encode({ alg, typ: 'at+jwt', kid: kidOf(jwtSecret()) })}.${encode(claims)}.`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
