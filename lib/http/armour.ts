import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { isSecureOrigin } from '#lib/auth/edge/cookie-names'

const ARMOUR = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}
const HSTS = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }

/**
 * Sets the security headers on every answer of this process's HTTP servers before anything answers: pages, static files,
 * and the redirects that Next.js makes by itself (ASVS 3.4). The gate adds the policies that depend on the request.
 */
export function armAnswers(): void {
  const headers = Object.entries({ ...ARMOUR, ...(isSecureOrigin() && HSTS) })
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    for (const [name, value] of headers) response.setHeader(name, value)
  })
}
