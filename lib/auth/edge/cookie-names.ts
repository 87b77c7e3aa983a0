import { edgeEnv } from '#lib/env/edge'

/** Whether this origin is https, which turns on `Secure`, the `__Host-` prefix (RFC 6265bis 4.1.3) and HSTS. */
export function isSecureOrigin(): boolean {
  return edgeEnv().appUrl.protocol === 'https:'
}

/** The names of the browser's cookies, contract 2.1. */
export function cookieNames(): { access: string; refresh: string; device: string } {
  const prefix = isSecureOrigin() ? '__Host-taskward.' : 'taskward.'
  return { access: `${prefix}access`, refresh: `${prefix}refresh`, device: `${prefix}device` }
}

/** Counts how often the log-in page has just sent a browser on, since it is signed in. Lasts for a few redirects. */
export const SENT_ON = 'taskward.sent-on'

/** As a line of its own: Next would show the page what it sets by `response.cookies`, and write all cookies anew. */
export function sentOnCookie(times: number): string {
  return `${SENT_ON}=${times}; Path=/login; Max-Age=5; HttpOnly; SameSite=Lax${isSecureOrigin() ? '; Secure' : ''}`
}

/** What all session cookies have in common: out of reach for scripts and for other sites' requests (ASVS 3.3). */
export function cookieAttributes() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const
}
