import { NextResponse } from 'next/server'
import { edgeEnv, IS_DEVELOPMENT } from '#lib/env/edge.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { cookieAttributesUntil } from './cookie-attributes.ts'
import { cookieNames } from './cookie-names.ts'
import { replaceTokens } from './credentials.ts'
import type { GateRequest } from './gate-request.ts'
import type { RenewedCookies } from './renewal-call.ts'
import { RETURNED_FORM_HEADER } from './returned-form.ts'
import { isSameOrigin } from './same-origin.ts'

/** A page that answers in place of the requested one. Pages cannot set their own status. */
type Rewrite = { path: string; status?: number; headers?: Record<string, string> }

type Changes = {
  /** Request headers that only the gate may set. */
  headers?: Record<string, string>
  /** The cookies of a session that the gate has just renewed: for the page, and for the browser. */
  renewed?: RenewedCookies | undefined
  rewrite?: Rewrite | undefined
}

/** Hands the request on to Next.js. What the client sent under the gate's own header names is overwritten or removed. */
export function passOn({ request, requestId }: GateRequest, changes: Changes = {}): NextResponse {
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
  return setRenewedCookies(response, renewed)
}

/** Hands a page request on with a Content-Security-Policy of its own nonce, which Next.js puts into the page's scripts. */
export function passOnPage(gate: GateRequest, changes: Changes = {}): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce, IS_DEVELOPMENT)
  const headers = { ...changes.headers, 'content-security-policy': policy }
  const response = passOn(gate, { ...changes, headers })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/** Gives the browser its renewed tokens. Without them its next request would look like that of a copied token. */
export function setRenewedCookies(response: NextResponse, renewed: RenewedCookies | undefined): NextResponse {
  if (!renewed) return response
  const names = cookieNames()
  const until = (end: string | null) => cookieAttributesUntil(end === null ? null : new Date(end))
  response.cookies.set(names.access, renewed.access, until(renewed.accessExpires))
  response.cookies.set(names.refresh, renewed.refresh, until(renewed.refreshExpires))
  return response
}

/** Next.js compares a server action's Origin with the forwarded host. The gate has compared it with APP_URL before. */
function setForwardedHost(headers: Headers): void {
  const { appUrl } = edgeEnv()
  // A form of this site behind a proxy's `no-referrer`: Next.js would compare "null" with a host.
  if (headers.get('origin') === 'null' && isSameOrigin(headers)) headers.set('origin', appUrl.origin)
  const origin = headers.get('origin') ?? ''
  const { host, protocol } = URL.canParse(origin) ? new URL(origin) : appUrl
  headers.set('x-forwarded-host', host)
  headers.set('x-forwarded-proto', protocol.slice(0, -1))
}
