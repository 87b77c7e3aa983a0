import { type GateRequest, isRead } from './gate-request.ts'
import { passOnPage } from './pass-on.ts'
import { refusePage } from './refuse-page.ts'

/** Where Next.js renders app/not-found.tsx. */
const NOT_FOUND = { path: '/_not-found', status: 404 }

/** Next.js never sees the path: it might resolve another spelling of a real page's path. */
export async function gateUnknown(gate: GateRequest): Promise<Response> {
  if (!isRead(gate.request)) return refusePage('NOT_FOUND', gate.request)
  return passOnPage(gate, { rewrite: NOT_FOUND })
}
