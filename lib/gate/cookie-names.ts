import { edgeEnv } from '#lib/env/edge.ts'

export function isSecureOrigin(): boolean {
  return edgeEnv().appUrl.protocol === 'https:'
}

/** `__Host-` keeps neighbouring subdomains out (RFC 6265bis, 4.1.3.2). `redirects` has a path; scripts write `theme` and `shortcuts`. */
export function cookieNames() {
  const prefix = `${edgeEnv().cookiePrefix}.`
  const guarded = isSecureOrigin() ? `__Host-${prefix}` : prefix
  return {
    access: `${guarded}access`,
    refresh: `${guarded}refresh`,
    device: `${guarded}device`,
    draft: `${guarded}draft`,
    flash: `${guarded}done`,
    link: `${guarded}link`,
    redirects: `${prefix}sent-on`,
    shortcuts: `${prefix}shortcuts`,
    theme: `${prefix}theme`,
  }
}

/** A `Set-Cookie` line that the page of the same request does not see, unlike a cookie of `response.cookies`. */
export function cookieLine(name: string, value: string, scope: string): string {
  return `${name}=${value}; ${scope}; HttpOnly; SameSite=Lax${isSecureOrigin() ? '; Secure' : ''}`
}

/** Keeps a cookie from scripts and from requests of other sites (ASVS 3.3). */
export function cookieAttributes() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const
}
