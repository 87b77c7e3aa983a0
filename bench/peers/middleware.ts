import { getSessionCookie } from 'better-auth/cookies'
import { type NextRequest, NextResponse } from 'next/server'
import { verifyToken } from '../floors/verify-token.ts'

export const config = { matcher: ['/gated/:path*', '/better-auth/:path*', '/next-auth/:path*'] }

/** The floor verifies its token. For the libraries: the check of the cookie that their documentation recommends. */
export async function middleware(request: NextRequest): Promise<Response> {
  const isAdmitted = await admit(request)
  return isAdmitted ? NextResponse.next() : Response.json({ error: 'Unauthorized' }, { status: 401 })
}

async function admit(request: NextRequest): Promise<boolean> {
  const { pathname } = request.nextUrl
  if (pathname.startsWith('/gated/')) return (await verifyToken(request.headers)) !== null
  if (pathname.startsWith('/better-auth/')) return getSessionCookie(request) !== null
  return request.cookies.has('authjs.session-token')
}
