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
