import type { NextRequest } from 'next/server'

/** A request at the gate, with the id of its log lines, and whether visitors may reach its path. */
export type GateRequest = { request: NextRequest; requestId: string; isPublic: boolean }

/** A method that changes nothing (RFC 9110, 9.2.1). */
export function isRead({ method }: NextRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A form post to a page, by the browser or by Next.js's router. */
export function isForm({ method }: NextRequest): boolean {
  return method === 'POST'
}

/** A server action that Next.js's router calls by script: it takes an answer, and no page. */
export function isRouterCall(request: NextRequest): boolean {
  return isForm(request) && request.headers.has('next-action')
}

export function isLogOut({ nextUrl }: NextRequest): boolean {
  return nextUrl.pathname === '/logout'
}
