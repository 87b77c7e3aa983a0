import { cookieAttributes } from './cookie-names'

/**
 * The attributes of a session cookie that lives until `end`, or until the browser closes where that is null. Browsers
 * prefer `Max-Age` (RFC 6265, 5.3), which a wrong clock of theirs does not change; `Expires` is for clients that ignore it.
 */
export function cookieUntil(end: Date | null, now = new Date()) {
  if (!end) return cookieAttributes()
  const seconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  return { ...cookieAttributes(), expires: end, maxAge: Math.max(0, seconds) }
}
