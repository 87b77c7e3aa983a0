import { type GateRequest, isRead } from './gate-request.ts'
import { passOnPage } from './pass-on.ts'
import { refusePage } from './refuse-page.ts'

/** Next.js's own page for a path without a route (app/not-found.tsx). */
const NOT_FOUND = { path: '/_not-found', status: 404 }

/**
 * Answers 404 to a path without a route before the gate reads any credential. Next.js renders its page under a fixed
 * address: it might read another spelling of the path as one of a real page.
 */
export async function gateUnknown(gate: GateRequest): Promise<Response> {
  if (!isRead(gate.request)) return refusePage('NOT_FOUND', gate.request)
  return passOnPage(gate, { rewrite: NOT_FOUND })
}
