import { edgeEnv } from '#lib/env/edge.ts'

/** Whether `APP_URL` is https, which turns on `Secure`, the prefix `__Host-` and HSTS. */
export function isSecureOrigin(): boolean {
  return edgeEnv().appUrl.protocol === 'https:'
}

/**
 * On https `__Host-` keeps neighbouring subdomains from setting a cookie (RFC 6265bis, 4.1.3.2).
 * - `draft` identifies the text of a form whose session had ended.
 * - `flash` names what an action has just done, for the page that follows.
 * - `redirects` counts how often the log-in page has just redirected a signed-in browser. It has a path, with which
 *   browsers refuse `__Host-`.
 * - `theme` is not secret: scripts read and write it.
 */
export function cookieNames() {
  const prefix = `${edgeEnv().cookiePrefix}.`
  const guarded = isSecureOrigin() ? `__Host-${prefix}` : prefix
  return {
    access: `${guarded}access`,
    refresh: `${guarded}refresh`,
    device: `${guarded}device`,
    draft: `${guarded}draft`,
    flash: `${guarded}done`,
    redirects: `${prefix}sent-on`,
    theme: `${prefix}theme`,
  }
}

/**
 * A `Set-Cookie` line for a cookie that the page of the same request should not see: Next.js shows it those of
 * `response.cookies`.
 * @param scope its path, and its `Max-Age` if it has one
 */
export function cookieLine(name: string, value: string, scope: string): string {
  return `${name}=${value}; ${scope}; HttpOnly; SameSite=Lax${isSecureOrigin() ? '; Secure' : ''}`
}

/** Keeps a cookie from scripts and from requests of other sites (ASVS 3.3). */
export function cookieAttributes() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const
}
