/** The operators' pages; to everybody else they do not exist. */
export const ADMIN_PAGES = ['/admin', '/admin/security', '/admin/users', '/admin/events', '/admin/nothing']

const ID = '018f0000-0000-7000-8000-000000000000'

/** The operators' API, and paths below it where nothing is. */
export const ADMIN_API = [
  '/api/admin',
  '/api/admin/users',
  `/api/admin/users/${ID}`,
  `/api/admin/users/${ID}/sessions`,
  '/api/admin/blocks',
  '/api/admin/blocks/198.51.100.7',
  '/api/admin/events',
  '/api/admin/findings',
  // These look like another user's lists, whose answer is 403.
  '/api/admin/tasks',
  `/api/admin/tasks/${ID}`,
  '/api/admin/sessions',
  '/api/admin/nothing/at/all',
]
