import { NextResponse } from 'next/server'
import { cookieLine, cookieNames } from './cookie-names.ts'
import { type GateRequest, isRead } from './gate-request.ts'

/** Pages that mailed links open, with the secret as `token` (docs/decisions/0044-links-that-work-once.md). */
const LINK_PAGES = ['/reset-password', '/secure-account', '/confirm-email', '/undo-email-change']
const TOKEN = /^[\w-]{43}$/
/** As long as the user may take to fill in the form. */
export const LINK_COOKIE_SECONDS = 3600

/** Nothing of the page, such as its address, reaches another site. */
const NO_REFERRER = { 'Referrer-Policy': 'no-referrer' }

export function linkPageHeaders({ nextUrl }: GateRequest['request']): Record<string, string> {
  return LINK_PAGES.includes(nextUrl.pathname) ? NO_REFERRER : {}
}

/**
 * Moves the secret of a mailed link from the address into a cookie: the history and other programs keep addresses.
 * Uses nothing up, because mail scanners open links, too. @returns null for any other request
 */
export function takeLinkToken({ request }: GateRequest): Response | null {
  const { pathname, searchParams } = request.nextUrl
  const token = searchParams.get('token')
  if (token === null || !isRead(request) || !LINK_PAGES.includes(pathname)) return null
  // Next.js turns this into a path, because the origin is the one that it assumes for itself.
  const redirect = NextResponse.redirect(new URL(pathname, request.url), {
    status: 303,
    headers: { ...NO_REFERRER, 'Cache-Control': 'no-store' },
  })
  // A broken link removes the token of an earlier one.
  const value = TOKEN.test(token) ? token : ''
  redirect.headers.append(
    'Set-Cookie',
    cookieLine(cookieNames().link, value, `Path=/; Max-Age=${LINK_COOKIE_SECONDS}`),
  )
  return redirect
}
