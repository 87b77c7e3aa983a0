import { NextResponse } from 'next/server'
import type { Authentication } from './authenticate-request.ts'
import { checkForm, checkFormInOutage, type FormCheck } from './check-form.ts'
import { readAccessToken } from './credentials.ts'
import { type GateRequest, isForm, isLogOut, isRouterCall } from './gate-request.ts'
import { OUTAGE_HEADER, RETURNED_FORM_HEADER } from './internal-headers.ts'
import { DRAFT_PATH } from './log-in-path.ts'
import { passOnPage, setRenewedCookies } from './pass-on.ts'
import { redirectCountCookie } from './redirect-loop.ts'
import { RETRY_AFTER } from './request-failures.ts'
import { UNAVAILABLE_PATH } from './route-policy.ts'

const UNAVAILABLE = { path: UNAVAILABLE_PATH, status: 503, headers: RETRY_AFTER }

type Authenticated = {
  authentication: Authentication
  testCookie: string | null
}

/** Passes the request on to its page, to the outage page, or to the page with a form that cannot run. */
export async function answerPage(
  gate: GateRequest,
  { authentication, testCookie }: Authenticated,
): Promise<Response> {
  const { request, now } = gate
  const isAuthenticated = authentication.state === 'authenticated'
  const renewed = isAuthenticated ? authentication.renewed : undefined
  const isUnavailable = needsOutagePage(gate, authentication)
  const form = await checkPostedForm(gate, { isUnavailable, renewedToken: renewed?.access })
  if (form.outcome === 'refused') {
    return setRenewedCookies(new NextResponse(form.response.body, form.response), { renewed, now })
  }

  const isReturned = form.outcome === 'returned'
  const samePage = isReturned ? { path: request.url, status: 409 } : undefined
  const response = passOnPage(gate, {
    renewed,
    rewrite: isUnavailable ? UNAVAILABLE : samePage,
    headers: isReturned ? asPlainForm(form.header) : {},
  })
  const redirectCount = isAuthenticated ? redirectCountCookie(request) : null
  for (const cookie of [testCookie, redirectCount]) if (cookie) response.headers.append('Set-Cookie', cookie)
  return response
}

function needsOutagePage({ request, isPublic }: GateRequest, { state }: Authentication): boolean {
  if (!isPublic && state === 'undecided') return true
  const reportsItself = isLogOut(request) || (isPublic && isRouterCall(request))
  return request.headers.has(OUTAGE_HEADER) && !reportsItself
}

async function checkPostedForm(
  { request, isPublic, now }: GateRequest,
  { isUnavailable, renewedToken }: { isUnavailable: boolean; renewedToken: string | undefined },
): Promise<FormCheck> {
  const isUnchecked = isLogOut(request) || request.nextUrl.pathname === DRAFT_PATH
  if (!isForm(request) || isUnchecked) return { outcome: 'accepted' }
  if (isUnavailable) return checkFormInOutage(request)
  if (isPublic) return checkForm(request, { actingToken: null, now })
  const actingToken = renewedToken ?? (await readAccessToken(request.headers, now)).token
  return checkForm(request, { actingToken, now })
}

/** In this encoding Next.js runs no action and renders the page. */
function asPlainForm(returnedForm: string): Record<string, string> {
  return { 'content-type': 'application/x-www-form-urlencoded', [RETURNED_FORM_HEADER]: returnedForm }
}
