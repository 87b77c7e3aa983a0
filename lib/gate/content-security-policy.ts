import { edgeEnv } from '#lib/env/edge.ts'

/** For responses that are not pages: a browser that shows one runs, loads and embeds nothing. */
export const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** Scripts run by nonce alone (ASVS 3.4.3). `next dev` evaluates code and injects styles. */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const directives = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ''}`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ]
  if (edgeEnv().appUrl.protocol === 'https:') directives.push('upgrade-insecure-requests')
  return directives.join('; ')
}
