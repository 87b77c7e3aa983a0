/** The pages of administrators. Other users get 404. */
export const ADMIN_PAGES = ['/admin', '/admin/security', '/admin/users', '/admin/events', '/admin/nothing']

const ID = '018f0000-0000-7000-8000-000000000000'

/** The API of administrators, and unknown paths below it. */
export const ADMIN_API = [
  '/api/admin',
  '/api/admin/users',
  `/api/admin/users/${ID}`,
  `/api/admin/users/${ID}/sessions`,
  '/api/admin/blocks',
  '/api/admin/blocks/198.51.100.7',
  '/api/admin/events',
  '/api/admin/findings',
  // These have the form of another user's lists, which get 403.
  '/api/admin/tasks',
  `/api/admin/tasks/${ID}`,
  '/api/admin/sessions',
  '/api/admin/nothing/at/all',
]
