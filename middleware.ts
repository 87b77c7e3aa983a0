import { type NextRequest, NextResponse } from 'next/server'
import { edgeEnv } from '#lib/env/edge.ts'
import { type Admission, admit, isPrefetch } from '#lib/gate/admit.ts'
import { contentSecurityPolicy, NOTHING_POLICY } from '#lib/gate/content-security-policy.ts'
import { cookieUntil } from '#lib/gate/cookie-end.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { askAgain, probeFor } from '#lib/gate/cookie-probe.ts'
import { corsHeaders, preflightHeaders } from '#lib/gate/cors.ts'
import { readAccessToken, replaceTokens, sentOnFor } from '#lib/gate/credentials.ts'
import { judgeForm, judgeInOutage } from '#lib/gate/judge-form.ts'
import { DRAFT_PATH, logInPath } from '#lib/gate/log-in-path.ts'
import { OUTAGE_HEADER } from '#lib/gate/outage-header.ts'
import { refusePage } from '#lib/gate/page-refusal.ts'
import { isActionCall } from '#lib/gate/posted-form.ts'
import { prefetchRefusal, refusal } from '#lib/gate/refusal.ts'
import type { RenewedCookies } from '#lib/gate/renewal-call.ts'
import { RETURNED_FORM_HEADER } from '#lib/gate/returned-form.ts'
import { accessTo, UNAVAILABLE_PATH } from '#lib/gate/route-policy.ts'
import { isForeignLoad, isOwnForm, isSameOrigin, whyForeign } from '#lib/gate/same-origin.ts'

export const config = { matcher: '/((?!_next/static/).*)' }

const API_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
type Instead = { path: string; status?: number; headers?: Record<string, string> }
/** Pages cannot set their own status. */
const UNAVAILABLE: Instead = { path: UNAVAILABLE_PATH, status: 503, headers: { 'Retry-After': '5' } }
/** Next's own page for what no route has (app/not-found.tsx). */
const NOT_FOUND: Instead = { path: '/_not-found', status: 404 }
const GATES = { api: gateApi, page: gatePage, file: gateFile, nothing: gateNothing }

/**
 * The gate: a quick no for whoever brings no valid access token, before anything is rendered or read, and a renewed
 * one for browsers whose token has run out. It cannot know whether the session still lives, so every entrance behind
 * it authorises again (design 3).
 */
export async function middleware(request: NextRequest): Promise<Response> {
  const requestId = crypto.randomUUID()
  const { surface, isOpen } = accessTo(request.nextUrl.pathname)
  const response = await GATES[surface](request, isOpen, requestId)
  response.headers.set('X-Request-Id', requestId)
  if (!response.headers.has('Content-Security-Policy')) {
    response.headers.set('Content-Security-Policy', NOTHING_POLICY)
  }
  return response
}

/** A file is the same for everybody: no session is renewed for it. */
async function gateFile(request: NextRequest, _isOpen: boolean, requestId: string): Promise<Response> {
  if (!isRead(request)) return refusePage('METHOD_NOT_ALLOWED', request, { Allow: 'GET, HEAD' })
  return passOn(request, requestId, {})
}

/**
 * What no route has is 404 before any credential is read. Next renders its page under a fixed address: it never sees
 * the path, of which it may know another spelling.
 */
async function gateNothing(request: NextRequest, _isOpen: boolean, requestId: string): Promise<Response> {
  if (!isRead(request)) return refusePage('NOT_FOUND', request)
  return passOnPage(request, requestId, undefined, NOT_FOUND)
}

function isRead({ method }: NextRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

async function gateApi(request: NextRequest, isOpen: boolean, requestId: string): Promise<Response> {
  const origin = request.headers.get('origin')
  if (request.method === 'OPTIONS')
    return new Response(null, { status: 204, headers: preflightHeaders(origin) })
  const response = await decideApi(request, isOpen, requestId)
  for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.append(name, value)
  return response
}

async function decideApi(request: NextRequest, isOpen: boolean, requestId: string): Promise<Response> {
  // Next itself answers methods that it doesn't know, without the envelope.
  if (!API_METHODS.includes(request.method)) {
    return refusal('METHOD_NOT_ALLOWED', requestId, { Allow: API_METHODS.join(', ') })
  }
  if (isOpen) return passOn(request, requestId, {})
  const isOurs = isRead(request) ? !isForeignLoad(request.headers) : isSameOrigin(request.headers)
  const admission = await admit(request.headers, isOurs, requestId)
  if (admission.state === 'undecided')
    return refusal('SERVICE_UNAVAILABLE', requestId, { 'Retry-After': '5' })
  if (admission.state !== 'known') return refusal('UNAUTHORIZED', requestId, { 'WWW-Authenticate': 'Bearer' })
  return passOn(request, requestId, {}, admission)
}

async function gatePage(request: NextRequest, isOpen: boolean, requestId: string): Promise<Response> {
  const { headers, method, nextUrl } = request
  const isForm = method === 'POST'
  if (!isForm && method !== 'GET' && method !== 'HEAD') {
    return refusePage('METHOD_NOT_ALLOWED', request, { Allow: 'GET, HEAD, POST' })
  }
  if (isForm && !isOwnForm(headers)) return refusePage(whyForeign(headers), request)

  const probe = probeFor(request)
  const again = isForm && probe && askAgain(request, probe)
  if (again) return again

  // Logging out works by the refresh token as it is, sets its cookies itself, and needs no database for that.
  const isLogOut = nextUrl.pathname === '/logout'
  const admission = await admit(headers, !isLogOut && !isForeignLoad(headers), requestId)
  const isKnown = admission.state === 'known'
  // An open page depends on the session, too: the router would keep for a signed-in user what a visitor gets.
  if (admission.state === 'stale' || (!isOpen && !isKnown && isPrefetch(headers))) {
    return prefetchRefusal(headers)
  }
  // A page that runs JavaScript could not follow: its action asks who is there itself, and sends the person on.
  const isAction = isForm && headers.has('next-action')
  if (!isOpen && admission.state === 'anonymous' && !isAction) {
    if (!isForm || !isActionCall(headers)) return toLogIn(request)
    return passOn(request, requestId, {}, admission, { path: DRAFT_PATH })
  }

  const renewed = isKnown ? admission.renewed : undefined
  const accessToken = renewed?.access ?? (await readAccessToken(headers)).token
  const isOut = headers.has(OUTAGE_HEADER) && !isLogOut && !(isAction && isOpen)
  const isUnavailable = isOut || (!isOpen && admission.state === 'undecided')
  const isJudged = isForm && !isLogOut && nextUrl.pathname !== DRAFT_PATH
  const judge = () =>
    isUnavailable ? judgeInOutage(request) : judgeForm(request, isOpen ? null : accessToken)
  const returned = isJudged ? await judge() : null
  if (returned instanceof Response) return withCookies(new NextResponse(returned.body, returned), renewed)

  const instead = isUnavailable ? UNAVAILABLE : returned ? { path: request.url, status: 409 } : undefined
  const response = passOnPage(request, requestId, admission, instead, returned ? asPage(returned) : {})
  for (const cookie of [probe, isKnown && sentOnFor(request)]) {
    if (cookie) response.headers.append('Set-Cookie', cookie)
  }
  return response
}

/** A form that Next renders the page for, and runs no action: it knows none in this encoding. */
function asPage(returned: string): Record<string, string> {
  return { 'content-type': 'application/x-www-form-urlencoded', [RETURNED_FORM_HEADER]: returned }
}

function passOnPage(
  request: NextRequest,
  requestId: string,
  admission: Admission | undefined,
  instead: Instead | undefined,
  own: Record<string, string> = {},
): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = { ...own, 'content-security-policy': policy }
  const response = passOn(request, requestId, headers, admission, instead)
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/**
 * Hands the request on with the headers that only the gate may set, whatever the client sent under these names; or
 * to a page that answers in place of the one that was asked for.
 */
function passOn(
  request: NextRequest,
  requestId: string,
  own: Record<string, string>,
  admission?: Admission,
  instead?: Instead,
): NextResponse {
  const renewed = admission?.state === 'known' ? admission.renewed : undefined
  const headers = new Headers(request.headers)
  if (renewed) headers.set('cookie', replaceTokens(request.headers, renewed))
  headers.set('x-request-id', requestId)
  headers.delete(RETURNED_FORM_HEADER)
  const { appUrl } = edgeEnv()
  // A form of this site under a proxy's `no-referrer`: Next would compare "null" with a host.
  if (headers.get('origin') === 'null' && isSameOrigin(headers)) headers.set('origin', appUrl.origin)
  // Next compares a server action's Origin with this host; the gate has compared it with APP_URL already.
  const origin = headers.get('origin') ?? ''
  const { host, protocol } = URL.canParse(origin) ? new URL(origin) : appUrl
  headers.set('x-forwarded-host', host)
  headers.set('x-forwarded-proto', protocol.slice(0, -1))
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  const response = instead
    ? NextResponse.rewrite(new URL(instead.path, request.url), { ...instead, request: { headers } })
    : NextResponse.next({ request: { headers } })
  return withCookies(response, renewed)
}

/** A renewal that the browser does not learn of would look like a copied token the next time. */
function withCookies(response: NextResponse, renewed: RenewedCookies | undefined): NextResponse {
  if (!renewed) return response
  const names = cookieNames()
  const until = (end: string | null) => cookieUntil(end === null ? null : new Date(end))
  response.cookies.set(names.access, renewed.access, until(renewed.accessExpires))
  response.cookies.set(names.refresh, renewed.refresh, until(renewed.refreshExpires))
  return response
}

function toLogIn(request: NextRequest): Response {
  // Relative to where Next believes to be, whatever the proxy calls it: Next sends it as a path.
  const redirect = NextResponse.redirect(new URL(logInPath(request), request.url), 303)
  redirect.headers.set('Cache-Control', 'no-store')
  return redirect
}
