import { edgeEnv } from '#lib/env/edge'

/** Whether this origin is https, which turns on `Secure`, the `__Host-` prefix (RFC 6265bis 4.1.3) and HSTS. */
export function isSecureOrigin(): boolean {
  return edgeEnv().appUrl.protocol === 'https:'
}

/**
 * The names of all cookies, contract 2.1.
 * - `draft` gets back what was typed in a form whose session had ended.
 * - `done` says for a moment what an action has just done, so that no address can.
 * - `sentOn` counts how often the log-in page has just sent a browser on, since it is signed in. It lasts for a few
 *   redirects, and has a path, with which browsers refuse `__Host-`.
 * - `theme` is no secret: scripts read and write it.
 */
export function cookieNames() {
  const prefix = `${edgeEnv().cookiePrefix}.`
  const guarded = isSecureOrigin() ? `__Host-${prefix}` : prefix
  return {
    access: `${guarded}access`,
    refresh: `${guarded}refresh`,
    device: `${guarded}device`,
    draft: `${guarded}draft`,
    done: `${guarded}done`,
    sentOn: `${prefix}sent-on`,
    theme: `${prefix}theme`,
  }
}

/** As a line of its own: Next would show the page what it sets by `response.cookies`, and write all cookies anew. */
export function sentOnCookie(times: number): string {
  const secure = isSecureOrigin() ? '; Secure' : ''
  return `${cookieNames().sentOn}=${times}; Path=/login; Max-Age=5; HttpOnly; SameSite=Lax${secure}`
}

/** What all session cookies have in common: out of reach for scripts and for other sites' requests (ASVS 3.3). */
export function cookieAttributes() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const
}
