import { edgeEnv } from '#lib/env/edge.ts'

/** What is no page runs, loads and embeds nothing, even if a browser is made to show it. */
export const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * The page's Content-Security-Policy: scripts run by nonce alone, nothing is framed, plugged in or posted elsewhere
 * (ASVS 3.4.3). `next dev` evaluates code and injects styles, so it gets what it needs.
 */
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
