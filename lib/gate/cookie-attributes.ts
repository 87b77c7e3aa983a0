import { secondsLater } from '#lib/time.ts'
import { cookieAttributes } from './cookie-names.ts'

export function cookieAttributesFor(seconds: number, now: Date) {
  return cookieAttributesUntil(secondsLater(now, seconds), now)
}

/** Null ends the cookie with the browser. `Max-Age` wins over `Expires` (RFC 6265, 5.3) and needs no right clock. */
export function cookieAttributesUntil(end: Date | null, now: Date) {
  if (!end) return cookieAttributes()
  const seconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  return { ...cookieAttributes(), expires: end, maxAge: Math.max(0, seconds) }
}
