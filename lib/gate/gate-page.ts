import { NextResponse } from 'next/server'
import { answerPage } from './answer-page.ts'
import { authenticate, isPrefetch } from './authenticate.ts'
import { requestFormAgain, testCookieFor } from './cookie-support.ts'
import { type GateRequest, isForm, isLogOut, isRead, isRouterCall } from './gate-request.ts'
import { DRAFT_PATH, logInPath } from './log-in-path.ts'
import { passOn } from './pass-on.ts'
import { isActionCall } from './posted-form.ts'
import { refusePrefetch } from './refuse-api.ts'
import { refusePage } from './refuse-page.ts'
import { classifyForeignForm, isCrossOriginLoad, isSameOriginForm } from './same-origin.ts'

/** Refuses forms of other sites, renews the session, and sends a visitor of a protected page to the log-in. */
export async function gatePage(gate: GateRequest): Promise<Response> {
  const { request, isPublic, requestId } = gate
  const { headers } = request
  if (!isForm(request) && !isRead(request)) {
    return refusePage('METHOD_NOT_ALLOWED', request, { Allow: 'GET, HEAD, POST' })
  }
  if (isForm(request) && !isSameOriginForm(headers)) return refusePage(classifyForeignForm(headers), request)

  const probe = testCookieFor(request)
  const again = isForm(request) && probe && requestFormAgain(request, probe)
  if (again) return again

  // Log-out uses the refresh token as it is, sets its own cookies, and works without the database.
  const mayRenew = !isLogOut(request) && !isCrossOriginLoad(headers)
  const authentication = await authenticate(headers, mayRenew, requestId)
  // An open page depends on the session too: the router would keep for a signed-in user what a visitor gets.
  const isUnansweredPrefetch = !isPublic && authentication.state !== 'known' && isPrefetch(headers)
  if (authentication.state === 'stale' || isUnansweredPrefetch) return refusePrefetch(headers)
  // The router cannot follow a redirect here: the action authenticates again and redirects by itself.
  if (!isPublic && authentication.state === 'anonymous' && !isRouterCall(request)) return sendToLogIn(gate)
  return answerPage(gate, { authentication, probe })
}

/** Text that was typed in a form goes through the page that keeps it. */
function sendToLogIn(gate: GateRequest): Response {
  const { request } = gate
  if (isForm(request) && isActionCall(request.headers)) return passOn(gate, { rewrite: { path: DRAFT_PATH } })
  // Relative to the origin that Next.js assumes, whatever the proxy calls it: Next.js sends it as a path.
  const redirect = NextResponse.redirect(new URL(logInPath(request), request.url), 303)
  redirect.headers.set('Cache-Control', 'no-store')
  return redirect
}
