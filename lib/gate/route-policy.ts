import { IS_DEVELOPMENT } from '#lib/env/edge.ts'
import { routeOf, UNKNOWN_ROUTE } from './routes.ts'

const PUBLIC_PAGES = new Set([
  '/',
  '/login',
  '/login/draft',
  '/signup',
  '/logout',
  '/forgot-password',
  '/reset-password',
  '/secure-account',
  '/confirm-email',
  '/undo-email-change',
  '/help',
  '/privacy',
])

/** The gate renders this page in place of another. At its own address it is 404, because there would be no outage. */
export const UNAVAILABLE_PATH = '/unavailable'

/** The same for every caller. Browsers request `favicon.ico` even if no page links it. */
const FILES = new Set([
  '/favicon.ico',
  '/icon.svg',
  '/apple-icon.png',
  '/robots.txt',
  '/.well-known/security.txt',
  '/.well-known/change-password',
])

const PUBLIC_API = new Set([
  '/api/auth/signup',
  '/api/auth/login',
  '/api/auth/refresh',
  '/api/auth/password/forgot',
  '/api/auth/password/reset',
  '/api/auth/email/confirm',
  '/api/health',
  '/api/metrics',
  '/api/internal/renew',
  // The auth library's endpoints are closed: each answers 404 (docs/decisions/0002-next-auth-kept-thin.md).
  '/api/auth/signin',
  '/api/auth/signout',
  '/api/auth/session',
  '/api/auth/csrf',
  '/api/auth/providers',
  '/api/auth/error',
  '/api/auth/verify-request',
])
/** Plain segments only, so that `..` matches nothing. */
const PUBLIC_API_FORM = /^\/api\/auth\/(callback|signin)(\/[\w-]+)+$/

/** Of `next dev` alone: production builds lack these routes (next.config.ts). */
const DEVELOPMENT_FORM = /^\/dev\/mail(\/[\w-]+\.eml)?$/

export type RoutePolicy = {
  surface: 'page' | 'file' | 'api' | 'development' | 'unknown'
  isPublic: boolean
}

/**
 * Closed by default: no other spelling of a private path (`//`, encoded slashes, `.rsc`, case) is public. Below
 * `/admin/` every path is a page, so that visitors cannot discover which exist.
 */
export function policyFor(pathname: string): RoutePolicy {
  if (FILES.has(pathname)) return { surface: 'file', isPublic: true }
  if (IS_DEVELOPMENT && DEVELOPMENT_FORM.test(pathname)) return { surface: 'development', isPublic: true }
  const isApi = pathname === '/api' || pathname.startsWith('/api/')
  if (isApi) return { surface: 'api', isPublic: PUBLIC_API.has(pathname) || PUBLIC_API_FORM.test(pathname) }
  const isPage =
    (routeOf(pathname) !== UNKNOWN_ROUTE && pathname !== UNAVAILABLE_PATH) || pathname.startsWith('/admin/')
  return isPage
    ? { surface: 'page', isPublic: PUBLIC_PAGES.has(pathname) }
    : { surface: 'unknown', isPublic: false }
}
