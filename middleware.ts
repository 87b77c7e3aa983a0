import type { NextRequest } from 'next/server'
import { NOTHING_POLICY } from '#lib/gate/content-security-policy.ts'
import { gateApi } from '#lib/gate/gate-api.ts'
import { gateDevelopment } from '#lib/gate/gate-development.ts'
import { gateFile } from '#lib/gate/gate-file.ts'
import { gatePage } from '#lib/gate/gate-page.ts'
import { gateUnknown } from '#lib/gate/gate-unknown.ts'
import { policyFor } from '#lib/gate/route-policy.ts'

export const config = { matcher: '/((?!_next/static/).*)' }

const GATES = {
  api: gateApi,
  page: gatePage,
  file: gateFile,
  development: gateDevelopment,
  unknown: gateUnknown,
}

// Every entrance behind the gate authorises again, because the edge runtime cannot reach the database
// (docs/decisions/0001-edge-middleware-on-next-16.md).
export async function middleware(request: NextRequest): Promise<Response> {
  const requestId = crypto.randomUUID()
  const now = new Date()
  const { surface, isPublic } = policyFor(request.nextUrl.pathname)
  const response = await GATES[surface]({ request, requestId, isPublic, now })
  response.headers.set('X-Request-Id', requestId)
  if (!response.headers.has('Content-Security-Policy')) {
    response.headers.set('Content-Security-Policy', NOTHING_POLICY)
  }
  return response
}
