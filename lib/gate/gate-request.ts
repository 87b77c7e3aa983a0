import type { NextRequest } from 'next/server'

export type GateRequest = {
  request: NextRequest
  requestId: string
  /** Whether the route policy lets visitors reach the path. */
  isPublic: boolean
  now: Date
}

export function isRead({ method }: NextRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** A form that the browser or Next.js's router posts to a page. */
export function isForm({ method }: NextRequest): boolean {
  return method === 'POST'
}

/** A server action that Next.js's router calls by script, which cannot show another page in response. */
export function isRouterCall(request: NextRequest): boolean {
  return isForm(request) && request.headers.has('next-action')
}

export function isLogOut({ nextUrl }: NextRequest): boolean {
  return nextUrl.pathname === '/logout'
}
