/** Pages that anybody may see. */
const OPEN_PAGES = new Set(['/', '/login', '/signup', '/logout'])

/** What browsers fetch beside a page, the same for everybody; `favicon.ico` also where no page names it. */
const FILES = new Set(['/favicon.ico', '/icon.svg', '/apple-icon.png'])

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

export type RouteAccess = { surface: 'page' | 'file' | 'api'; isOpen: boolean }

/**
 * Who may pass the gate on a path, taken exactly as it came: closed by default, so that no spelling of a private
 * path (`//`, encoded slashes, `.rsc`, another case) is ever open. Each entrance authorises again behind it.
 */
export function accessTo(pathname: string): RouteAccess {
  if (FILES.has(pathname)) return { surface: 'file', isOpen: true }
  const isApi = pathname === '/api' || pathname.startsWith('/api/')
  if (!isApi) return { surface: 'page', isOpen: OPEN_PAGES.has(pathname) }
  return { surface: 'api', isOpen: OPEN_API.has(pathname) || OPEN_API_FORM.test(pathname) }
}
