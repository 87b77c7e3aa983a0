import type { NextRequest } from 'next/server'

export type GateRequest = {
  request: NextRequest
  requestId: string
  isPublic: boolean
  now: Date
}

export function isRead({ method }: NextRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

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
