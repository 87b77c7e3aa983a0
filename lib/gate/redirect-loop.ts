import { countRedirects } from './cookie-header.ts'
import { cookieLine, cookieNames } from './cookie-names.ts'

/** A session that has just ended brings a browser back once, too. */
const MAX_REDIRECTS = 2

/**
 * Whether the log-in page and another page redirect this browser to each other. Cookies differ by path, so one page
 * may see a session that the next one does not see.
 */
export function isRedirectLoop(headers: Headers): boolean {
  return countRedirects(headers) >= MAX_REDIRECTS
}

/** The `Set-Cookie` line that counts a redirect of the log-in page; null for every other request. */
export function redirectCountCookie({ url, headers }: Request): string | null {
  const { pathname, searchParams } = new URL(url)
  const isCounted = pathname === '/login' && searchParams.has('next') && !isRedirectLoop(headers)
  return isCounted
    ? cookieLine(cookieNames().redirects, String(countRedirects(headers) + 1), 'Path=/login; Max-Age=5')
    : null
}
