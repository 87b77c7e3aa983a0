import { secondsLater } from '#lib/time.ts'
import { cookieAttributes } from './cookie-names.ts'

/** The attributes of a cookie that expires in `seconds`. */
export function cookieAttributesFor(seconds: number) {
  const now = new Date()
  return cookieAttributesUntil(secondsLater(now, seconds), now)
}

/**
 * The attributes of a cookie that expires at `end`, or when the browser closes where that is null. Browsers prefer
 * `Max-Age` (RFC 6265, 5.3), which does not depend on their clock; `Expires` is for clients that ignore it.
 */
export function cookieAttributesUntil(end: Date | null, now = new Date()) {
  if (!end) return cookieAttributes()
  const seconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  return { ...cookieAttributes(), expires: end, maxAge: Math.max(0, seconds) }
}
