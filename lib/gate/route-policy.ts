import { routeOf, UNKNOWN_ROUTE } from './routes.ts'

/** Pages that anybody may see. */
const OPEN_PAGES = new Set(['/', '/login', '/login/draft', '/signup', '/logout'])

/** The page of an outage, under the addresses of others. Under its own it would claim one. */
export const UNAVAILABLE_PATH = '/unavailable'

/** What browsers and other programs fetch beside pages, the same for everybody; `favicon.ico` also where no page names it. */
const FILES = new Set([
  '/favicon.ico',
  '/icon.svg',
  '/apple-icon.png',
  '/robots.txt',
  '/.well-known/security.txt',
  '/.well-known/change-password',
])

/** Entrances of the API that decide for themselves: to sign in, to renew, to be watched. */
const OPEN_API = new Set([
  '/api/auth/signup',
  '/api/auth/login',
  '/api/auth/refresh',
  '/api/health',
  '/api/metrics',
  '/api/internal/renew',
  // The auth library's endpoints are shut: each answers 404 (docs/decisions/0002-next-auth-kept-thin.md).
  '/api/auth/signin',
  '/api/auth/signout',
  '/api/auth/session',
  '/api/auth/csrf',
  '/api/auth/providers',
  '/api/auth/error',
  '/api/auth/verify-request',
])
/** Plain segments only, so that no later one climbs out again. */
const OPEN_API_FORM = /^\/api\/auth\/(callback|signin)(\/[\w-]+)+$/

export type RoutePolicy = { surface: 'page' | 'file' | 'api' | 'unknown'; isPublic: boolean }

/**
 * Who may pass the gate on a path, taken exactly as it came: closed by default, so that no spelling of a private
 * path (`//`, encoded slashes, `.rsc`, another case) is ever open. Each entrance authorises again behind it.
 * A path of no route leads to `nothing`, signed in or out. Which of the operators' pages exist is not for visitors to
 * know: below `/admin/` every path is a page.
 */
export function policyFor(pathname: string): RoutePolicy {
  if (FILES.has(pathname)) return { surface: 'file', isPublic: true }
  const isApi = pathname === '/api' || pathname.startsWith('/api/')
  if (isApi) return { surface: 'api', isPublic: OPEN_API.has(pathname) || OPEN_API_FORM.test(pathname) }
  const isPage =
    (routeOf(pathname) !== UNKNOWN_ROUTE && pathname !== UNAVAILABLE_PATH) || pathname.startsWith('/admin/')
  return isPage
    ? { surface: 'page', isPublic: OPEN_PAGES.has(pathname) }
    : { surface: 'unknown', isPublic: false }
}
