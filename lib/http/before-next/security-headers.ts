import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { Server, ServerResponse } from 'node:http'
import { NOTHING_POLICY } from '#lib/gate/content-security-policy.ts'
import { isSecureOrigin } from '#lib/gate/cookie-names.ts'

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}
const HSTS = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
const POLICY = 'Content-Security-Policy'
const REQUEST_ID = 'X-Request-Id'
const PAGE_TYPE = /^text\/(html|x-component)\b/

export function securityHeaders(): Record<string, string> {
  return { ...SECURITY_HEADERS, ...(isSecureOrigin() && HSTS) }
}

/** Also on static files and on responses of Next.js and Node. A response without a policy gets the strictest. */
export function setSecurityHeaders(): void {
  const headers = Object.entries(securityHeaders())
  subscribe('http.server.request.start', (message) => {
    const { response, server } = message as { response: ServerResponse; server: Server }
    for (const [name, value] of headers) response.setHeader(name, value)
    const { setHeader, writeHead } = response
    response.writeHead = (...head: unknown[]) => {
      if (!response.headersSent) {
        for (const [name, value] of missingHeaders(response, server, Number(head[0]))) {
          Reflect.apply(setHeader, response, [name, value])
        }
      }
      return Reflect.apply(writeHead, response, head)
    }
  })
}

function missingHeaders(response: ServerResponse, server: Server, status: number): [string, string][] {
  const missing: [name: string, value: string][] = []
  const isPage = PAGE_TYPE.test(String(response.getHeader('Content-Type') ?? ''))
  // Only the gate can write a page's policy, which has the nonce of its scripts.
  if (!isPage || status >= 400) {
    if (!response.hasHeader(POLICY)) missing.push([POLICY, NOTHING_POLICY])
    if (!response.hasHeader(REQUEST_ID)) missing.push([REQUEST_ID, randomUUID()])
  }
  const caching = String(response.getHeader('Cache-Control') ?? 'no-store')
  // Proxies rewrite pages: they hide email addresses and add scripts. Set late, because Next.js would not compress the page.
  const isRewritable = isPage && !caching.includes('no-transform')
  missing.push(['Cache-Control', isRewritable ? `${caching}, no-transform` : caching])
  // A server that stops waits for its connections, and Node keeps the busy ones open.
  if (!server.listening) missing.push(['Connection', 'close'])
  return missing
}
