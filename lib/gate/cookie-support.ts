import { cookieLine, cookieNames } from './cookie-names.ts'
import { hasTaskwardCookie } from './credentials.ts'

/** The pages whose forms start a session. */
const PAGES = ['/login', '/signup']
/** The query parameter of a form that was asked for once more: when that was, in Unix seconds. */
const ASKED_AT = 'cookies'
/** Enough for the form to arrive again. A later one is a new try, from the page at that address. */
const ANSWER_SECONDS = 5

const FETCH_METADATA = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

/**
 * Whether a browser sends back none of Taskward's cookies, although the page with the form gave it one
 * (docs/decisions/0031-fields-and-refused-cookies.md). Only browsers send all Fetch Metadata, and on plain http
 * only to loopback. Other clients are never asked for a cookie.
 */
export function blocksCookies(headers: Headers): boolean {
  return FETCH_METADATA.every((name) => headers.has(name)) && !hasTaskwardCookie(headers)
}

/**
 * The `Set-Cookie` line of a page that starts sessions: a device cookie that no account knows, which a log-in replaces.
 * @returns null for a browser that sends any of Taskward's cookies, and for other clients
 */
export function testCookieFor({ url, headers }: Request): string | null {
  if (!PAGES.includes(new URL(url).pathname) || !blocksCookies(headers)) return null
  return cookieLine(cookieNames().device, crypto.randomUUID(), 'Path=/')
}

/**
 * Asks for a form once more, with the probe: the page may be older than the browser's cookies, or than this check.
 * @returns null if this is the answer to that
 */
export function requestFormAgain({ url }: Request, probe: string, now = Date.now()): Response | null {
  const again = new URL(url)
  const nowSeconds = Math.floor(now / 1000)
  // The clocks of several instances may differ a little.
  const isAnswer = Math.abs(nowSeconds - Number(again.searchParams.get(ASKED_AT))) <= ANSWER_SECONDS
  if (isAnswer) return null
  again.searchParams.set(ASKED_AT, String(nowSeconds))
  // 307: the browser posts the same body.
  const headers = { Location: again.href, 'Set-Cookie': probe, 'Cache-Control': 'no-store' }
  return new Response(null, { status: 307, headers })
}
