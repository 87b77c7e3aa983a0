import { cookieLine, cookieNames } from './cookie-names.ts'
import { verifyAccessToken } from './verify-access-token.ts'

/** What a browser's cookies hold, each value once. */
export type SessionCookies = {
  accessTokens: string[]
  refreshTokens: string[]
  /** Undefined when several values claim to be it: only a log-in could tell them apart. */
  deviceToken: string | undefined
}

/** `conflict`: several access cookies hold valid tokens of different values, so none counts. */
export type AccessToken = { token: string | null; source: 'header' | 'cookie' | 'conflict' | 'none' }

/** RFC 6750 section 2.1. The scheme is read in any case (RFC 9110 section 11.1). */
const BEARER = /^Bearer(?: +([\w.~+/-]+=*))?$/i
const BEARER_SCHEME = /^Bearer(?![\w!#$%&'*+.^`|~-])/i

/**
 * The access token by which the gate, the API and the pages know the caller. With `Authorization: Bearer` cookies are
 * ignored, valid or not; another scheme is ignored itself (contract 2.1). Of several access cookies the one that
 * verifies counts: a neighbouring subdomain can plant cookies beside those of this site (RFC 6265bis section 8.6).
 */
export async function readAccessToken(headers: Headers): Promise<AccessToken> {
  if (hasBearer(headers)) {
    return { token: BEARER.exec(headers.get('authorization') ?? '')?.[1] ?? null, source: 'header' }
  }
  const { accessTokens } = readCookies(headers)
  const [first = null] = accessTokens
  if (accessTokens.length < 2) return { token: first, source: first === null ? 'none' : 'cookie' }
  const checks = await Promise.all(accessTokens.map((token) => verifyAccessToken(token)))
  const valid = accessTokens.filter((_, i) => checks[i]?.ok)
  if (valid.length > 1) return { token: null, source: 'conflict' }
  // Where none is valid, any of them is refused for the same reason.
  return { token: valid[0] ?? first, source: 'cookie' }
}

/** The cookies that may act for this request: none beside `Authorization: Bearer`. */
export function readActingCookies(headers: Headers): SessionCookies {
  return hasBearer(headers) ? cookiesOf([]) : readCookies(headers)
}

/** All cookies of the session, whatever `Authorization` says: for log-out, which takes them away. */
export function readCookies(headers: Headers): SessionCookies {
  return cookiesOf(parseCookies(headers))
}

/** The cookies of a browser that say something about its session, without being part of it. */
export function readNotes(headers: Headers): { draft?: string; done?: string } {
  const cookies = parseCookies(headers)
  const names = cookieNames()
  const [draft, done] = [names.draft, names.done].map((wanted) => cookies.find(({ name }) => name === wanted))
  return { ...(draft && { draft: draft.value }), ...(done && { done: done.value }) }
}

/** Whether a browser sends back a cookie that the server gave it, whatever its value. */
export function hasTaskwardCookie(headers: Headers): boolean {
  const names = Object.values(cookieNames())
  return parseCookies(headers).some(({ name }) => names.includes(name))
}

/** How often a browser may come back to the log-in page within seconds: a session that has just ended brings it there, too. */
const MAX_REDIRECTS = 2

/** How often the log-in page has sent this browser on within the last seconds. */
function countRedirects(headers: Headers): number {
  const { sentOn } = cookieNames()
  const mark = parseCookies(headers).find(({ name }) => name === sentOn)
  return Number(/^[1-9]$/.exec(mark?.value ?? '')?.[0] ?? 0)
}

/**
 * Whether the log-in page and another one send this browser to each other. Cookies differ by path, so that one page may
 * know a visitor and the next one not: only this ends the redirects between them.
 */
export function isRedirectLoop(headers: Headers): boolean {
  return countRedirects(headers) >= MAX_REDIRECTS
}

/** The `Set-Cookie` line with which the log-in page sends a signed-in browser on; null where it does not. */
export function redirectCountCookie({ url, headers }: Request): string | null {
  const { pathname, searchParams } = new URL(url)
  const isSentOn = pathname === '/login' && searchParams.has('next') && !isRedirectLoop(headers)
  return isSentOn
    ? cookieLine(cookieNames().sentOn, String(countRedirects(headers) + 1), 'Path=/login; Max-Age=5')
    : null
}

/** The Cookie header with these tokens in place of every access and refresh token in it. */
export function replaceTokens(headers: Headers, tokens: { access: string; refresh: string }): string {
  const names = cookieNames()
  const others = parseCookies(headers).filter(({ name }) => name !== names.access && name !== names.refresh)
  const pairs = [
    ...others,
    { name: names.access, value: tokens.access },
    { name: names.refresh, value: tokens.refresh },
  ]
  return pairs.map(({ name, value }) => `${name}=${value}`).join('; ')
}

type Cookie = { name: string; value: string }

function hasBearer(headers: Headers): boolean {
  return BEARER_SCHEME.test(headers.get('authorization') ?? '')
}

function cookiesOf(cookies: Cookie[]): SessionCookies {
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

/**
 * The pairs of a Cookie header. Names are compared byte for byte: browsers guard the prefix `__Host-` byte for byte,
 * so a name that only resembles it (a no-break space before it, another case) may come from a neighbouring subdomain.
 */
function parseCookies(headers: Headers): Cookie[] {
  return (headers.get('cookie') ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [] : [{ name: trimBlanks(pair.slice(0, at)), value: trimBlanks(pair.slice(at + 1)) }]
  })
}

/** Spaces and tabs alone (RFC 6265bis section 5.6): `trim()` would take sixteen further characters away. */
function trimBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
