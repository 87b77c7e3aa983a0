/** Every page and endpoint by its folder in `app/`. A test compares. */
export const ROUTES = [
  '/',
  '/.well-known/change-password',
  '/.well-known/security.txt',
  '/admin',
  '/admin/events',
  '/admin/security',
  '/admin/users',
  '/admin/users/[userId]',
  '/confirm-email',
  '/forgot-password',
  '/help',
  '/login',
  '/login/draft',
  '/logout',
  '/privacy',
  '/reset-password',
  '/robots.txt',
  '/secure-account',
  '/settings/activity',
  '/settings/activity/events.csv',
  '/settings/activity/events.json',
  '/settings/confirm-email',
  '/settings/data',
  '/settings/data/upload',
  '/settings/password',
  '/settings/profile',
  '/settings/profile/data.json',
  '/settings/profile/data.zip',
  '/settings/profile/delete',
  '/settings/profile/email',
  '/settings/sessions',
  '/signup',
  '/tasks',
  '/tasks/[taskId]',
  '/tasks/history',
  '/tasks/lists',
  '/unavailable',
  '/undo-email-change',
  '/api/[userId]/changes',
  '/api/[userId]/changes/[batchId]/undo',
  '/api/[userId]/changes/stream',
  '/api/[userId]/events',
  '/api/[userId]/export.csv',
  '/api/[userId]/export.json',
  '/api/[userId]/import',
  '/api/[userId]/lists',
  '/api/[userId]/lists/[listId]',
  '/api/[userId]/sessions',
  '/api/[userId]/sessions/[sessionId]',
  '/api/[userId]/tasks',
  '/api/[userId]/tasks/[taskId]',
  '/api/[userId]/tasks/[taskId]/complete',
  '/api/[userId]/tasks/batch',
  '/api/[userId]/tasks/quick',
  '/api/admin/[...unknown]',
  '/api/admin/blocks',
  '/api/admin/blocks/[network]',
  '/api/admin/events',
  '/api/admin/findings',
  '/api/admin/users',
  '/api/admin/users/[userId]',
  '/api/admin/users/[userId]/sessions',
  '/api/auth/[...nextauth]',
  '/api/auth/email/change',
  '/api/auth/email/confirm',
  '/api/auth/email/resend',
  '/api/auth/login',
  '/api/auth/logout',
  '/api/auth/me',
  '/api/auth/me/export',
  '/api/auth/password/forgot',
  '/api/auth/password/reset',
  '/api/auth/refresh',
  '/api/auth/signup',
  '/api/health',
  '/api/internal/renew',
  '/api/metrics',
]

export const UNKNOWN_ROUTE = 'other'

/** At `/tasks/1` is no page, so that a visitor gets 404 there and not the log-in. The API answers for itself. */
const TASK_PAGE = '/tasks/[taskId]'
const ID = '[\\da-fA-F]{8}(-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}'

// Names come before parameters, and catch-all routes last.
const PATTERNS = ROUTES.filter((route) => route.includes('['))
  .sort((a, b) => countParameters(a) - countParameters(b))
  .sort((a, b) => Number(a.includes('[...')) - Number(b.includes('[...')))
  .map((route) => ({
    route,
    form: new RegExp(
      `^${route.replace(/\[\.{3}\w+\]/, '.+').replace(/\[\w+\]/g, route === TASK_PAGE ? ID : '[^/]+')}$`,
    ),
  }))

/** The route of a path exactly as the client sent it, or `other`. Clients cannot enlarge this set, so metrics use it as a label. */
export function routeOf(path: string): string {
  if (ROUTES.includes(path) && !path.includes('[')) return path
  return PATTERNS.find(({ form }) => form.test(path))?.route ?? UNKNOWN_ROUTE
}

function countParameters(route: string): number {
  return route.split('[').length
}
