import { readAccessToken, readActingCookies } from './credentials.ts'
import { renewSession } from './renew-session.ts'
import type { RenewedCookies } from './renewal-call.ts'
import { type AccessClaims, getTokenSessionId, verifyAccessToken } from './verify-access-token.ts'

/** A renewal comes before the end, so that a page with many requests starts with a token that lasts. */
const RENEW_BEFORE_SECONDS = 300

/**
 * What the gate knows of a request: `known` presents a valid access token, perhaps a renewed one; `anonymous` none;
 * `stale` is a prefetch that would need a renewal; `undecided` could not be renewed for want of the database.
 */
export type Authentication =
  | { state: 'known'; renewed?: RenewedCookies }
  | { state: 'anonymous' | 'stale' | 'undecided' }

/**
 * Looks at a request's tokens and renews a browser's session on the way in (design 4): when its access token is
 * missing, over, or has less than 5 minutes (or a third of its life) left, and a refresh token lies beside it.
 * An access token names its session: no refresh token of another one is used, since it may have been planted.
 * A refusal makes the request anonymous and clears no cookies: it may be older than a new log-in.
 * @param mayRenew whether this kind of request may cause one: never a stranger's
 */
export async function authenticate(
  headers: Headers,
  mayRenew: boolean,
  requestId: string,
): Promise<Authentication> {
  const { token, source } = await readAccessToken(headers)
  const claims = token === null ? null : await verifyAccessToken(token)
  const present: Authentication = { state: claims?.ok ? 'known' : 'anonymous' }
  const { accessTokens, ...cookies } = readActingCookies(headers)
  const hasRefreshToken = cookies.refreshTokens.length > 0
  if (source === 'header' || source === 'conflict' || !hasRefreshToken || !mayRenew) return present
  if (claims?.ok && !isNearItsEnd(claims.value)) return present
  if (isPrefetch(headers)) return claims?.ok ? present : { state: 'stale' }

  const sessionIds = claims?.ok ? [claims.value.sessionId] : await sessionsNamedBy(accessTokens)
  const renewed = await renewSession({ ...cookies, sessionIds }, headers, requestId)
  if (renewed === 'refused') return present
  if (renewed === 'failed') return claims?.ok ? present : { state: 'undecided' }
  return { state: 'known', renewed }
}

/** Next's router and browsers announce what nobody has asked for yet. */
export function isPrefetch(headers: Headers): boolean {
  return (
    headers.has('next-router-prefetch') ||
    headers.has('next-router-segment-prefetch') ||
    /\bprefetch\b/.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')
  )
}

async function sessionsNamedBy(accessTokens: string[]): Promise<string[]> {
  const named = await Promise.all(accessTokens.map((token) => getTokenSessionId(token)))
  return [...new Set(named.filter((id) => id !== null))]
}

function isNearItsEnd({ expiresAt, lifetimeSeconds }: AccessClaims): boolean {
  const secondsLeft = (expiresAt.getTime() - Date.now()) / 1000
  return secondsLeft <= Math.min(RENEW_BEFORE_SECONDS, lifetimeSeconds / 3)
}
