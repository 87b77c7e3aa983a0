import { authenticate } from './authenticate.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { type GateRequest, isRead } from './gate-request.ts'
import { passOn } from './pass-on.ts'
import { refusal } from './refuse-api.ts'
import { isCrossOriginLoad, isSameOrigin } from './same-origin.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Answers a CORS preflight, refuses a call without a valid access token with 401, and passes every other one on. */
export async function gateApi(gate: GateRequest): Promise<Response> {
  const { method, headers } = gate.request
  const origin = headers.get('origin')
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: preflightHeaders(origin) })
  const response = await authenticateCall(gate)
  for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.append(name, value)
  return response
}

async function authenticateCall(gate: GateRequest): Promise<Response> {
  const { request, requestId, isPublic } = gate
  // Next.js answers a method that it does not know without the error envelope.
  if (!METHODS.includes(request.method)) {
    return refusal('METHOD_NOT_ALLOWED', requestId, { Allow: METHODS.join(', ') })
  }
  if (isPublic) return passOn(gate)
  const mayRenew = isRead(request) ? !isCrossOriginLoad(request.headers) : isSameOrigin(request.headers)
  const authentication = await authenticate(request.headers, mayRenew, requestId)
  if (authentication.state === 'undecided') {
    return refusal('SERVICE_UNAVAILABLE', requestId, { 'Retry-After': '5' })
  }
  if (authentication.state !== 'known')
    return refusal('UNAUTHORIZED', requestId, { 'WWW-Authenticate': 'Bearer' })
  return passOn(gate, { renewed: authentication.renewed })
}
