import { readAccessToken, readActingCookies } from './credentials.ts'
import { renewSession } from './renew-session.ts'
import type { RenewedCookies } from './renewal-call.ts'
import { type AccessClaims, getTokenSessionId, verifyAccessToken } from './verify-access-token.ts'

/** Early enough that a page with many requests starts with a token that lasts. */
const RENEW_BEFORE_SECONDS = 300

/** `stale`: a prefetch that would need a renewal. `undecided`: the renewal failed, for example without a database. */
export type Authentication =
  | { state: 'authenticated'; renewed?: RenewedCookies }
  | { state: 'anonymous' | 'stale' | 'undecided' }

type Options = {
  /** False for requests that another site caused. */
  mayRenew: boolean
  requestId: string
  now: Date
}

/**
 * Renews a missing token, or one with less than 5 minutes or a third left (docs/decisions/0010-renewal-on-the-way-in.md).
 * Uses only a refresh token of the session that the access cookies name: another one may be planted.
 */
export async function authenticateRequest(
  headers: Headers,
  { mayRenew, requestId, now }: Options,
): Promise<Authentication> {
  const { token, source } = await readAccessToken(headers, now)
  const claims = token === null ? null : await verifyAccessToken(token, now)
  const current: Authentication = { state: claims?.ok ? 'authenticated' : 'anonymous' }
  const { accessTokens, ...cookies } = readActingCookies(headers)
  const hasRefreshToken = cookies.refreshTokens.length > 0
  if (source === 'header' || source === 'conflict' || !hasRefreshToken || !mayRenew) return current
  if (claims?.ok && !expiresSoon(claims.value, now)) return current
  if (isPrefetch(headers)) return claims?.ok ? current : { state: 'stale' }

  const sessionIds = claims?.ok ? [claims.value.sessionId] : await listSessionIds(accessTokens, now)
  const renewed = await renewSession({ ...cookies, sessionIds }, { headers, requestId, now })
  if (renewed.ok) return { state: 'authenticated', renewed: renewed.value }
  // Clears no cookies: the refusal may be older than a new log-in.
  const isRefused = renewed.error.code === 'RENEWAL_REFUSED'
  return isRefused || claims?.ok ? current : { state: 'undecided' }
}

export function isPrefetch(headers: Headers): boolean {
  return (
    headers.has('next-router-prefetch') ||
    headers.has('next-router-segment-prefetch') ||
    /\bprefetch\b/.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')
  )
}

async function listSessionIds(accessTokens: string[], now: Date): Promise<string[]> {
  const ids = await Promise.all(accessTokens.map((token) => getTokenSessionId(token, now)))
  return [...new Set(ids.filter((id) => id !== null))]
}

function expiresSoon({ expiresAt, lifetimeSeconds }: AccessClaims, now: Date): boolean {
  const secondsLeft = (expiresAt.getTime() - now.getTime()) / 1000
  return secondsLeft <= Math.min(RENEW_BEFORE_SECONDS, lifetimeSeconds / 3)
}
