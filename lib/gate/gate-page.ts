import { NextResponse } from 'next/server'
import { answerPage } from './answer-page.ts'
import { authenticateRequest, isPrefetch } from './authenticate-request.ts'
import { requestFormAgain, testCookieFor } from './cookie-support.ts'
import { type GateRequest, isForm, isLogOut, isRead, isRouterCall } from './gate-request.ts'
import { takeLinkToken } from './link-token.ts'
import { DRAFT_PATH, logInPath } from './log-in-path.ts'
import { passOn } from './pass-on.ts'
import { isActionCall } from './posted-form.ts'
import { refusePage } from './refuse-page.ts'
import { refusePrefetch } from './refuse-prefetch.ts'
import { classifyForeignForm, isCrossOriginLoad, isSameOriginForm } from './same-origin.ts'

/** Refuses forms of other sites, renews the session, and redirects a visitor of a protected page to the log-in. */
export async function gatePage(gate: GateRequest): Promise<Response> {
  const { request, requestId, isPublic, now } = gate
  const { headers } = request
  if (!isForm(request) && !isRead(request)) {
    return refusePage('METHOD_NOT_ALLOWED', request, { Allow: 'GET, HEAD, POST' })
  }
  if (isForm(request) && !isSameOriginForm(headers)) return refusePage(classifyForeignForm(headers), request)

  const opened = takeLinkToken(gate)
  if (opened) return opened

  const testCookie = testCookieFor(request)
  const again = isForm(request) && testCookie && requestFormAgain(request, { testCookie, now })
  if (again) return again

  // Log-out uses the refresh token as it is, sets its own cookies, and works without the database.
  const mayRenew = !isLogOut(request) && !isCrossOriginLoad(headers)
  const authentication = await authenticateRequest(headers, { mayRenew, requestId, now })
  // A public page depends on the session too: the router would keep for a signed-in user what a visitor gets.
  const isUnauthorized = !isPublic && authentication.state !== 'authenticated'
  if (authentication.state === 'stale' || (isUnauthorized && isPrefetch(headers))) {
    return refusePrefetch(headers)
  }
  // The router cannot follow a redirect here: its action authenticates again and redirects by itself.
  if (!isPublic && authentication.state === 'anonymous' && !isRouterCall(request)) return requireLogIn(gate)
  return answerPage(gate, { authentication, testCookie })
}

function requireLogIn(gate: GateRequest): Response {
  const { request } = gate
  if (isForm(request) && isActionCall(request.headers)) return passOn(gate, { rewrite: { path: DRAFT_PATH } })
  // Next.js turns this into a path, because the origin is the one that it assumes for itself.
  const redirect = NextResponse.redirect(new URL(logInPath(request), request.url), 303)
  redirect.headers.set('Cache-Control', 'no-store')
  return redirect
}
