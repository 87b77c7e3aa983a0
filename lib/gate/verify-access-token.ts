import { decodeJwt, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { CLOCK_TOLERANCE_SECONDS } from '#lib/auth/policy.ts'
import { edgeEnv } from '#lib/env/edge.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { signingKeys } from './signing-keys.ts'
import { getVerifiedClaims, keepVerifiedClaims } from './verified-tokens.ts'

export const ACCESS_TOKEN_TYPE = 'at+jwt'

/** Longer than any token that this server issues: a longer one costs no signature check. */
const MAX_TOKEN_LENGTH = 4096

const claimsSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.uuid(),
  user_id: z.uuid(),
  email: z.string(),
  sid: z.uuid(),
  jti: z.uuid(),
  iat: z.number(),
  exp: z.number(),
})

export type AccessClaims = Readonly<{
  userId: string
  email: string
  sessionId: string
  expiresAt: Date
  lifetimeSeconds: number
}>

/**
 * By RFC 9068 and RFC 8725 section 3. The session may have ended: only `authenticate` (lib/auth/session) reads its row.
 * @returns the claims; `TOKEN_EXPIRED` if only the time is wrong; `TOKEN_INVALID` otherwise
 */
export async function verifyAccessToken(
  token: string,
  now: Date,
): Promise<Result<AccessClaims, Failure<'TOKEN_EXPIRED' | 'TOKEN_INVALID'>>> {
  if (token.length > MAX_TOKEN_LENGTH) return err({ code: 'TOKEN_INVALID' })
  const known = getVerifiedClaims(token, now)
  if (known) return ok(known)
  const { appUrl, accessTokenTtlSeconds } = edgeEnv()
  const keys = await signingKeys()
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      ({ kid }) => {
        const match = keys.find((candidate) => candidate.kid === kid)
        if (!match) throw new errors.JWKSNoMatchingKey()
        return match.key
      },
      {
        algorithms: ['HS256'],
        typ: ACCESS_TOKEN_TYPE,
        issuer: appUrl.origin,
        audience: appUrl.origin,
        requiredClaims: Object.keys(claimsSchema.shape),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: now,
      },
    )
    if (protectedHeader.crit) return err({ code: 'TOKEN_INVALID' })
    const parsed = claimsSchema.safeParse(payload)
    if (!parsed.success) return err({ code: 'TOKEN_INVALID' })
    const { sub, user_id, email, sid, iat, exp } = parsed.data
    // jose accepts an `exp` ten years ahead and an `iat` in the future (RFC 7519 leaves both open).
    const lifetimeSeconds = exp - iat
    const bounded = lifetimeSeconds > 0 && lifetimeSeconds <= accessTokenTtlSeconds
    const started = iat <= now.getTime() / 1000 + CLOCK_TOLERANCE_SECONDS
    if (!bounded || !started || user_id !== sub) return err({ code: 'TOKEN_INVALID' })
    const claims = { userId: sub, email, sessionId: sid, expiresAt: new Date(exp * 1000), lifetimeSeconds }
    // This server sets no `nbf`, which only the full check compares.
    if (payload.nbf === undefined) keepVerifiedClaims(token, claims)
    return ok(claims)
  } catch (error) {
    if (error instanceof errors.JWTExpired) return err({ code: 'TOKEN_EXPIRED' })
    return err({ code: 'TOKEN_INVALID' })
  }
}

/** The id of the session that a token of this site names, valid or expired; null for any other text. */
export async function getTokenSessionId(token: string, now: Date): Promise<string | null> {
  const claims = await verifyAccessToken(token, now)
  if (claims.ok) return claims.value.sessionId
  if (claims.error.code !== 'TOKEN_EXPIRED') return null
  const issuedAt = new Date(Number(decodeJwt(token).iat) * 1000)
  const claimsThen = await verifyAccessToken(token, issuedAt)
  return claimsThen.ok ? claimsThen.value.sessionId : null
}
