import { countRedirects } from './cookie-header.ts'
import { cookieLine, cookieNames } from './cookie-names.ts'

/** A session that has just ended brings a browser back once, too. */
const MAX_REDIRECTS = 2

/** Cookies differ by path: the log-in page may see a session that the next page does not, and both would redirect. */
export function isRedirectLoop(headers: Headers): boolean {
  return countRedirects(headers) >= MAX_REDIRECTS
}

export function redirectCountCookie({ url, headers }: Request): string | null {
  const { pathname, searchParams } = new URL(url)
  const isCounted = pathname === '/login' && searchParams.has('next') && !isRedirectLoop(headers)
  return isCounted
    ? cookieLine(cookieNames().redirects, String(countRedirects(headers) + 1), 'Path=/login; Max-Age=5')
    : null
}
