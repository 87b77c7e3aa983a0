const MAX_LENGTH = 2000
const HERE = 'http://origin.invalid'
/** Where a sign-in must not lead: to another sign-in, or to bare JSON. */
const DOWNLOAD = /(?<=^\/settings\/activity)\/events\.(csv|json)$/
const CLOSED_SEGMENTS = ['api', 'login', 'signup']

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/** False for what some parser on the way could read as another host, another header or another path. */
function isPlainPath(path: string | null): path is string {
  return path !== null && !path.includes('//') && !/[\\\p{Cc}]/u.test(path)
}

/**
 * Where to go after signing in: `next` if it is a path on this origin, with query and fragment, else `fallback`
 * (ASVS 3.7.2). Takes anything that a query string or a form can hold.
 */
export function safeRedirect(next: unknown, fallback = '/tasks'): string {
  // A URL parser drops tabs and line breaks and turns "\" to "/": so no such character may reach it.
  if (typeof next !== 'string' || next.length > MAX_LENGTH || !/^\/[^\\\p{Cc}]*$/u.test(next)) return fallback
  const url = URL.canParse(next, HERE) ? new URL(next, HERE) : null
  // The path anew, for `/..//host` has become `//host`; decoded, for a route matches what is decoded.
  const path = url?.origin === HERE ? decode(url.pathname) : null
  if (!url || !isPlainPath(path) || CLOSED_SEGMENTS.includes(path.split('/')[1] ?? '')) return fallback
  // Where a log-in interrupted a download, which is no place to stay.
  const pathname = url.pathname.replace(DOWNLOAD, '')
  const target = pathname + url.search + url.hash
  return target.length <= MAX_LENGTH ? target : fallback
}
