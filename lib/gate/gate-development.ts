import { type GateRequest, isRead } from './gate-request.ts'
import { passOn } from './pass-on.ts'
import { refusePage } from './refuse-page.ts'

/** Mails have inline styles, and nothing else to load. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

/** Passes a request for a tool of `next dev` on, without a session. Each tool admits this machine alone. */
export async function gateDevelopment(gate: GateRequest): Promise<Response> {
  if (!isRead(gate.request)) return refusePage('METHOD_NOT_ALLOWED', gate.request, { Allow: 'GET, HEAD' })
  const response = passOn(gate)
  response.headers.set('Content-Security-Policy', POLICY)
  return response
}
