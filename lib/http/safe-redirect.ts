const MAX_LENGTH = 2000
const HERE = 'http://origin.invalid'
const DOWNLOAD = /(?<=^\/settings\/activity)\/events\.(csv|json)$/
const CLOSED_SEGMENTS = ['api', 'login', 'signup', 'forgot-password', 'reset-password']

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

function isPlainPath(path: string | null): path is string {
  return path !== null && !path.includes('//') && !/[\\\p{Cc}]/u.test(path)
}

/** Returns `next` if it is a path on this origin, with query and fragment, else `fallback` (ASVS 3.7.2). */
export function safeRedirect(next: unknown, fallback = '/tasks'): string {
  // A URL parser drops tabs and line breaks and turns "\" into "/", so no such character may reach it.
  if (typeof next !== 'string' || next.length > MAX_LENGTH || !/^\/[^\\\p{Cc}]*$/u.test(next)) return fallback
  const url = URL.canParse(next, HERE) ? new URL(next, HERE) : null
  // Checked again after parsing, which turns `/..//host` into `//host`. Decoded, because routes match decoded paths.
  const path = url?.origin === HERE ? decode(url.pathname) : null
  if (!url || !isPlainPath(path) || CLOSED_SEGMENTS.includes(path.split('/')[1] ?? '')) return fallback
  // A log-in that interrupted a download continues on the page of the download.
  const pathname = url.pathname.replace(DOWNLOAD, '')
  const target = pathname + url.search + url.hash
  return target.length <= MAX_LENGTH ? target : fallback
}
