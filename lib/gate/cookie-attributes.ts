import { secondsLater } from '#lib/time.ts'
import { cookieAttributes } from './cookie-names.ts'

export function cookieAttributesFor(seconds: number, now: Date) {
  return cookieAttributesUntil(secondsLater(now, seconds), now)
}

/**
 * For a cookie that expires at `end`, or with the browser if that is null. Browsers prefer `Max-Age` (RFC 6265, 5.3),
 * which does not depend on their clock; `Expires` is for clients that ignore it.
 */
export function cookieAttributesUntil(end: Date | null, now: Date) {
  if (!end) return cookieAttributes()
  const seconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  return { ...cookieAttributes(), expires: end, maxAge: Math.max(0, seconds) }
}
