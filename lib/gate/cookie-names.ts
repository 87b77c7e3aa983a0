import { edgeEnv } from '#lib/env/edge.ts'

/** Whether this origin is https, which turns on `Secure`, the `__Host-` prefix (RFC 6265bis 4.1.3) and HSTS. */
export function isSecureOrigin(): boolean {
  return edgeEnv().appUrl.protocol === 'https:'
}

/**
 * The names of all cookies. On https `__Host-` keeps them from being set by neighbours (RFC 6265bis, 4.1.3.2).
 * - `draft` names the text of a form whose session had ended.
 * - `done` names what an action has just done, so that a page need not believe its address.
 * - `sentOn` counts how often the log-in page has just sent a signed-in browser on. It lasts for a few redirects, and
 *   has a path, with which browsers refuse `__Host-`.
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

/**
 * A `Set-Cookie` line for the gate's answers. Next shows the page what `response.cookies` sets, and writes all cookies
 * again.
 * @param scope its path, and its life if it has one of its own
 */
export function cookieLine(name: string, value: string, scope: string): string {
  return `${name}=${value}; ${scope}; HttpOnly; SameSite=Lax${isSecureOrigin() ? '; Secure' : ''}`
}

/** What all session cookies have in common: out of reach for scripts and for other sites' requests (ASVS 3.3). */
export function cookieAttributes() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const
}
