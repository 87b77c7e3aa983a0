import { type GateRequest, isRead } from './gate-request.ts'
import { passOn } from './pass-on.ts'
import { refusePage } from './refuse-page.ts'

/** Serves a file that is the same for every caller, so no session is renewed for it. */
export async function gateFile(gate: GateRequest): Promise<Response> {
  if (!isRead(gate.request)) return refusePage('METHOD_NOT_ALLOWED', gate.request, { Allow: 'GET, HEAD' })
  return passOn(gate)
}
