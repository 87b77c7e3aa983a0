import { NextResponse } from 'next/server'
import type { Authentication } from './authenticate.ts'
import { checkForm, checkFormInOutage } from './check-form.ts'
import { readAccessToken, redirectCountCookie } from './credentials.ts'
import { type GateRequest, isForm, isLogOut, isRouterCall } from './gate-request.ts'
import { DRAFT_PATH } from './log-in-path.ts'
import { OUTAGE_HEADER } from './outage-header.ts'
import { passOnPage, setRenewedCookies } from './pass-on.ts'
import { RETURNED_FORM_HEADER } from './returned-form.ts'
import { UNAVAILABLE_PATH } from './route-policy.ts'

const UNAVAILABLE = { path: UNAVAILABLE_PATH, status: 503, headers: { 'Retry-After': '5' } }

type Admitted = {
  authentication: Authentication
  /** A `Set-Cookie` line for the page; null where it needs none. */
  probe: string | null
}

/** Passes an admitted request on to its page, to the page of an outage, or back to the form that cannot run. */
export async function answerPage(gate: GateRequest, { authentication, probe }: Admitted): Promise<Response> {
  const { request } = gate
  const renewed = authentication.state === 'known' ? authentication.renewed : undefined
  const isUnavailable = needsOutagePage(gate, authentication)
  const returned = await checkPostedForm(gate, { isUnavailable, renewedToken: renewed?.access })
  if (returned instanceof Response) {
    return setRenewedCookies(new NextResponse(returned.body, returned), renewed)
  }

  const own = returned === null ? undefined : { path: request.url, status: 409 }
  const response = passOnPage(gate, {
    renewed,
    rewrite: isUnavailable ? UNAVAILABLE : own,
    ...(returned !== null && { headers: asPlainForm(returned) }),
  })
  const sentOn = authentication.state === 'known' ? redirectCountCookie(request) : null
  for (const cookie of [probe, sentOn]) if (cookie) response.headers.append('Set-Cookie', cookie)
  return response
}

function needsOutagePage({ request, isPublic }: GateRequest, { state }: Authentication): boolean {
  if (!isPublic && state === 'undecided') return true
  const decidesItself = isLogOut(request) || (isPublic && isRouterCall(request))
  return request.headers.has(OUTAGE_HEADER) && !decidesItself
}

async function checkPostedForm(
  { request, isPublic }: GateRequest,
  { isUnavailable, renewedToken }: { isUnavailable: boolean; renewedToken: string | undefined },
): Promise<Response | string | null> {
  if (!isForm(request) || isLogOut(request) || request.nextUrl.pathname === DRAFT_PATH) return null
  if (isUnavailable) return checkFormInOutage(request)
  const actingToken = isPublic ? null : (renewedToken ?? (await readAccessToken(request.headers)).token)
  return checkForm(request, actingToken)
}

/** Next.js runs no action for a form in this encoding, and renders its page. */
function asPlainForm(returned: string): Record<string, string> {
  return { 'content-type': 'application/x-www-form-urlencoded', [RETURNED_FORM_HEADER]: returned }
}
