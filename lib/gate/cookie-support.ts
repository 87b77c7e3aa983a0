import { hasTaskwardCookie } from './cookie-header.ts'
import { cookieLine, cookieNames } from './cookie-names.ts'

const PAGES = ['/login', '/signup']
/** The query parameter of a form that the server asked for again: when it asked, in Unix seconds. */
const ASKED_AT = 'cookies'
/** Enough for the form to arrive again. A later one is a new try, from the page at that address. */
const RETRY_SECONDS = 5

const FETCH_METADATA = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

/** True for browsers alone, which send all Fetch Metadata (docs/decisions/0031-fields-and-refused-cookies.md). */
export function blocksCookies(headers: Headers): boolean {
  return FETCH_METADATA.every((name) => headers.has(name)) && !hasTaskwardCookie(headers)
}

/** A device cookie of no account, which a log-in replaces; null if the browser's cookie support is known. */
export function testCookieFor({ url, headers }: Request): string | null {
  if (!PAGES.includes(new URL(url).pathname) || !blocksCookies(headers)) return null
  return cookieLine(cookieNames().device, crypto.randomUUID(), 'Path=/')
}

/** Asks for the form once more, because its page may be older than the browser's cookies; null on that second post. */
export function requestFormAgain(
  { url }: Request,
  { testCookie, now }: { testCookie: string; now: Date },
): Response | null {
  const again = new URL(url)
  const nowSeconds = Math.floor(now.getTime() / 1000)
  const isRetry = Math.abs(nowSeconds - Number(again.searchParams.get(ASKED_AT))) <= RETRY_SECONDS
  if (isRetry) return null
  again.searchParams.set(ASKED_AT, String(nowSeconds))
  // With 307 the browser posts the same body.
  const headers = { Location: again.href, 'Set-Cookie': testCookie, 'Cache-Control': 'no-store' }
  return new Response(null, { status: 307, headers })
}
