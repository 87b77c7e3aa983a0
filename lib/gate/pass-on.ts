import { NextResponse } from 'next/server'
import { edgeEnv, IS_DEVELOPMENT } from '#lib/env/edge.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { cookieAttributesUntil } from './cookie-attributes.ts'
import { replaceTokens } from './cookie-header.ts'
import { cookieNames } from './cookie-names.ts'
import type { GateRequest } from './gate-request.ts'
import { RETURNED_FORM_HEADER } from './internal-headers.ts'
import { linkPageHeaders } from './link-token.ts'
import type { RenewedCookies } from './renewal-call.ts'
import { isSameOrigin } from './same-origin.ts'

/** A page that renders in place of the requested one, with a status: pages cannot set their own. */
type Rewrite = { path: string; status?: number; headers?: Record<string, string> }

type Changes = {
  headers?: Record<string, string>
  renewed?: RenewedCookies | undefined
  rewrite?: Rewrite | undefined
}

/** Passes the request on to Next.js. The gate replaces or removes what the client sent under its own header names. */
export function passOn({ request, requestId, now }: GateRequest, changes: Changes = {}): NextResponse {
  const { renewed, rewrite } = changes
  const headers = new Headers(request.headers)
  if (renewed) headers.set('cookie', replaceTokens(request.headers, renewed))
  headers.set('x-request-id', requestId)
  headers.delete(RETURNED_FORM_HEADER)
  setForwardedHost(headers)
  for (const [name, value] of Object.entries(changes.headers ?? {})) headers.set(name, value)
  const response = rewrite
    ? NextResponse.rewrite(new URL(rewrite.path, request.url), { ...rewrite, request: { headers } })
    : NextResponse.next({ request: { headers } })
  return setRenewedCookies(response, { renewed, now })
}

/**
 * No endpoint reads the headers that pages need, and Next.js copies each header several times. It adds those of the
 * response, X-Request-Id among them, to the request.
 */
export function passOnApi(gate: GateRequest, renewed?: RenewedCookies): NextResponse {
  return renewed ? passOn(gate, { renewed }) : NextResponse.next()
}

export function passOnPage(gate: GateRequest, changes: Changes = {}): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const policy = contentSecurityPolicy(nonce, IS_DEVELOPMENT)
  const headers = { ...changes.headers, 'content-security-policy': policy }
  const response = passOn(gate, { ...changes, headers })
  response.headers.set('Content-Security-Policy', policy)
  for (const [name, value] of Object.entries(linkPageHeaders(gate.request))) response.headers.set(name, value)
  return response
}

/** Without the renewed tokens the browser would present a used one, which counts as copied. */
export function setRenewedCookies(
  response: NextResponse,
  { renewed, now }: { renewed: RenewedCookies | undefined; now: Date },
): NextResponse {
  if (!renewed) return response
  const names = cookieNames()
  const until = (end: string | null) => cookieAttributesUntil(end === null ? null : new Date(end), now)
  response.cookies.set(names.access, renewed.access, until(renewed.accessExpires))
  response.cookies.set(names.refresh, renewed.refresh, until(renewed.refreshExpires))
  return response
}

/** Next.js compares a server action's Origin with the forwarded host. The gate has checked it against `APP_URL`. */
function setForwardedHost(headers: Headers): void {
  const { appUrl } = edgeEnv()
  // A form of this site behind a proxy's `no-referrer`: Next.js would compare "null" with a host.
  if (headers.get('origin') === 'null' && isSameOrigin(headers)) headers.set('origin', appUrl.origin)
  const origin = headers.get('origin') ?? ''
  const { host, protocol } = URL.canParse(origin) ? new URL(origin) : appUrl
  headers.set('x-forwarded-host', host)
  headers.set('x-forwarded-proto', protocol.slice(0, -1))
}
