import { type NextRequest, NextResponse } from 'next/server'
import { accessTokenOf } from '#lib/auth/edge/access-token-of'
import { contentSecurityPolicy } from '#lib/auth/edge/content-security-policy'
import { cookieNames, isSecureOrigin } from '#lib/auth/edge/cookie-names'
import { corsHeaders, preflightHeaders } from '#lib/auth/edge/cors'
import { errorEnvelope } from '#lib/auth/edge/error-envelope'
import { OUTAGE_HEADER } from '#lib/auth/edge/outage-header'
import { accessTo, type RouteAccess } from '#lib/auth/edge/route-policy'
import { isSameOrigin } from '#lib/auth/edge/same-origin'
import { verifyAccessToken } from '#lib/auth/edge/verify-access-token'
import { edgeEnv } from '#lib/env/edge'

export const config = { matcher: '/((?!_next/static/).*)' }

const MAX_FORM_BYTES = 64 * 1024
const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'"
const API_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * The gate: a quick no for whoever brings no valid access token, before anything is rendered or read.
 * It cannot know whether the session still lives, so every entrance behind it authorises again (design 3).
 */
export async function middleware(request: NextRequest): Promise<Response> {
  const requestId = crypto.randomUUID()
  const access = accessTo(request.nextUrl.pathname)
  const response =
    access.surface === 'api'
      ? await gateApi(request, access, requestId)
      : await gatePage(request, access, requestId)
  response.headers.set('X-Request-Id', requestId)
  // What is no page runs, loads and embeds nothing, even if a browser is made to show it.
  if (!response.headers.has('Content-Security-Policy')) {
    response.headers.set('Content-Security-Policy', NOTHING_POLICY)
  }
  if (isSecureOrigin())
    response.headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  return response
}

async function gateApi(request: NextRequest, { isOpen }: RouteAccess, requestId: string): Promise<Response> {
  const origin = request.headers.get('origin')
  if (request.method === 'OPTIONS')
    return new Response(null, { status: 204, headers: preflightHeaders(origin) })
  // Next itself answers methods that it doesn't know, without the envelope.
  if (!API_METHODS.includes(request.method)) {
    return refusal(405, 'METHOD_NOT_ALLOWED', 'Method not allowed', requestId, {
      Allow: API_METHODS.join(', '),
    })
  }
  const response =
    isOpen || (await hasValidToken(request))
      ? NextResponse.next({ request: { headers: forwardedHeaders(request, requestId, {}) } })
      : unauthorized(requestId)
  for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.append(name, value)
  return response
}

async function gatePage(request: NextRequest, { isOpen }: RouteAccess, requestId: string): Promise<Response> {
  const isForm = request.method === 'POST'
  if (!isForm && request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('Method not allowed\n', { status: 405, headers: { Allow: 'GET, HEAD, POST' } })
  }
  if (isForm && !(request.headers.has('origin') && isSameOrigin(request.headers))) {
    return new Response('This form was not sent from this site, so nothing was done.\n', { status: 403 })
  }
  // Next notices too late that a body of unknown length is too long, and answers 500. Browsers always tell the length.
  if (isForm && request.headers.has('transfer-encoding')) {
    return new Response('Send this with its length. Nothing was done.\n', { status: 411 })
  }
  if (isForm && Number(request.headers.get('content-length')) > MAX_FORM_BYTES) {
    return new Response('This is too long to be saved. Nothing was done.\n', { status: 413 })
  }
  if (!isOpen && !(await hasValidToken(request))) return toLogIn(request)

  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = forwardedHeaders(request, requestId, { 'content-security-policy': policy })
  // An action of a page that runs JavaScript answers for itself, so that the page keeps what was typed.
  const isOut = request.headers.has(OUTAGE_HEADER) && !request.headers.has('next-action')
  const response = isOut ? unavailable(request, headers) : NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

async function hasValidToken(request: NextRequest): Promise<boolean> {
  const { token } = accessTokenOf(request.headers, cookieNames().access)
  return token !== null && (await verifyAccessToken(token)).ok
}

/** The request's headers with those that only the gate may set, whatever the client sent under these names. */
function forwardedHeaders(request: NextRequest, requestId: string, own: Record<string, string>): Headers {
  const headers = new Headers(request.headers)
  headers.set('x-request-id', requestId)
  // Next compares a server action's Origin with this host; the gate has compared it with APP_URL already.
  // Browsers also say "null", and clients whatever they like: nothing is to be learned from that.
  const origin = request.headers.get('origin') ?? ''
  const { host, protocol } = URL.canParse(origin) ? new URL(origin) : edgeEnv().appUrl
  headers.set('x-forwarded-host', host)
  headers.set('x-forwarded-proto', protocol.slice(0, -1))
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  return headers
}

/** Pages cannot answer 503 themselves (App Router), so the gate does while the server says that its database is away. */
function unavailable({ url }: NextRequest, headers: Headers): NextResponse {
  const response = NextResponse.rewrite(new URL('/unavailable', url), {
    status: 503,
    request: { headers },
  })
  response.headers.set('Retry-After', '5')
  return response
}

function toLogIn({ url, method }: NextRequest): Response {
  const wanted = new URL(url)
  // Next's own mark of a navigation that its router makes.
  wanted.searchParams.delete('_rsc')
  // Relative to where Next believes to be, whatever the proxy calls it: Next sends it as a path.
  const logIn = new URL('/login', url)
  logIn.searchParams.set('next', method === 'POST' ? wanted.pathname : wanted.pathname + wanted.search)
  const redirect = NextResponse.redirect(logIn, 303)
  redirect.headers.set('Cache-Control', 'no-store')
  return redirect
}

function unauthorized(requestId: string): Response {
  const headers = { 'WWW-Authenticate': 'Bearer' }
  return refusal(401, 'UNAUTHORIZED', 'Authentication required', requestId, headers)
}

function refusal(
  status: number,
  code: string,
  message: string,
  requestId: string,
  headers: Record<string, string>,
): Response {
  const envelope = errorEnvelope({ code, message, details: null }, requestId)
  return Response.json(envelope, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}
