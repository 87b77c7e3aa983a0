import { type Cookie, parseCookies } from './cookie-header.ts'
import { cookieNames } from './cookie-names.ts'
import { verifyAccessToken } from './verify-access-token.ts'

export type SessionCookies = {
  accessTokens: string[]
  refreshTokens: string[]
  /** Undefined if several values claim to be it: only a log-in can distinguish them. */
  deviceToken: string | undefined
}

/** `conflict`: several access cookies hold different valid tokens, so none counts. */
export type AccessToken = { token: string | null; source: 'header' | 'cookie' | 'conflict' | 'none' }

/** RFC 6750 section 2.1. The scheme is read in any case (RFC 9110 section 11.1). */
const BEARER = /^Bearer(?: +([\w.~+/-]+=*))?$/i
const BEARER_SCHEME = /^Bearer(?![\w!#$%&'*+.^`|~-])/i

/** `Bearer` disables cookies. Of several, the one that verifies counts: others may be planted (RFC 6265bis, 8.6). */
export async function readAccessToken(headers: Headers, now: Date): Promise<AccessToken> {
  if (hasBearer(headers)) {
    return { token: BEARER.exec(headers.get('authorization') ?? '')?.[1] ?? null, source: 'header' }
  }
  const { accessTokens } = readCookies(headers)
  const [first = null] = accessTokens
  if (accessTokens.length < 2) return { token: first, source: first === null ? 'none' : 'cookie' }
  const checks = await Promise.all(accessTokens.map((token) => verifyAccessToken(token, now)))
  const valid = accessTokens.filter((_, i) => checks[i]?.ok)
  if (valid.length > 1) return { token: null, source: 'conflict' }
  return { token: valid[0] ?? first, source: 'cookie' }
}

export function readActingCookies(headers: Headers): SessionCookies {
  return hasBearer(headers) ? toSessionCookies([]) : readCookies(headers)
}

/** All session cookies, whatever `Authorization` contains: log-out clears them. */
export function readCookies(headers: Headers): SessionCookies {
  return toSessionCookies(parseCookies(headers))
}

function hasBearer(headers: Headers): boolean {
  return BEARER_SCHEME.test(headers.get('authorization') ?? '')
}

function toSessionCookies(cookies: Cookie[]): SessionCookies {
  const names = cookieNames()
  const valuesOf = (wanted: string) => [
    ...new Set(cookies.flatMap(({ name, value }) => (name === wanted && value ? [value] : []))),
  ]
  const devices = valuesOf(names.device)
  return {
    accessTokens: valuesOf(names.access),
    refreshTokens: valuesOf(names.refresh),
    deviceToken: devices.length === 1 ? devices[0] : undefined,
  }
}
