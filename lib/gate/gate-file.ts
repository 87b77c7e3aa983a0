import { type GateRequest, isRead } from './gate-request.ts'
import { passOn } from './pass-on.ts'
import { refusePage } from './refuse-page.ts'

/** Passes a request for a file on without renewing the session: the file is the same for every caller. */
export async function gateFile(gate: GateRequest): Promise<Response> {
  if (!isRead(gate.request)) return refusePage('METHOD_NOT_ALLOWED', gate.request, { Allow: 'GET, HEAD' })
  return passOn(gate)
}
