import { authenticateRequest } from './authenticate-request.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { type GateRequest, isRead } from './gate-request.ts'
import { passOnApi } from './pass-on.ts'
import { refuseApi } from './refuse-api.ts'
import { RETRY_AFTER } from './request-failures.ts'
import { isCrossOriginLoad, isSameOrigin } from './same-origin.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

export async function gateApi(gate: GateRequest): Promise<Response> {
  const { method, headers } = gate.request
  const origin = headers.get('origin')
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: preflightHeaders(origin) })
  const response = await refuseOrPassOn(gate)
  for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.append(name, value)
  return response
}

async function refuseOrPassOn(gate: GateRequest): Promise<Response> {
  const { request, requestId, isPublic, now } = gate
  const { headers } = request
  // Next.js answers a method that it does not know without the error envelope.
  if (!METHODS.includes(request.method)) {
    return refuseApi('METHOD_NOT_ALLOWED', { requestId, headers: { Allow: METHODS.join(', ') } })
  }
  if (isPublic) return passOnApi(gate)
  const mayRenew = isRead(request) ? !isCrossOriginLoad(headers) : isSameOrigin(headers)
  const authentication = await authenticateRequest(headers, { mayRenew, requestId, now })
  if (authentication.state === 'undecided') {
    return refuseApi('SERVICE_UNAVAILABLE', { requestId, headers: RETRY_AFTER })
  }
  if (authentication.state !== 'authenticated') {
    return refuseApi('UNAUTHORIZED', { requestId, headers: { 'WWW-Authenticate': 'Bearer' } })
  }
  return passOnApi(gate, authentication.renewed)
}
