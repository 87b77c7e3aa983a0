import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Busy } from '#lib/auth/password/busy.ts'
import { admitPasswordRequest, checkPasswordRequest } from '#lib/auth/password/password-queue.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { networkOf } from '#lib/throttle/network.ts'
import { readSignedAddress } from '../client-address.ts'
import { getOpenRequest } from './detect-aborted-requests.ts'
import { onceClosed } from './once-closed.ts'
import { refuseEarly } from './receive-body.ts'

const PASSWORD_ROUTES = /^\/(api\/auth\/)?(login|signup)(\?|$)/

/**
 * Refuses a log-in or sign-up whose answer would come too late (docs/decisions/0038-log-in-storms.md). A request with
 * cookies passes: only the database knows whether the account knows its browser.
 *
 * @returns false if it was refused
 */
export function admitPasswords(request: IncomingMessage, response: ServerResponse): boolean {
  const client = request.headers.cookie ? null : passwordClient(request)
  if (!client) return true
  const { network, abortSignal } = client
  const admitted = admitPasswordRequest({ network, abortSignal })
  if (!admitted.ok) return refuse(request, response, admitted.error)
  // Next.js may add as many as Node allows.
  response.setMaxListeners(response.getMaxListeners() + 1)
  onceClosed(response, admitted.value.leave)
  return true
}

/** Refuses a log-in or sign-up that has waited so long for Next.js that its answer would come too late. @returns as above */
export function startPasswords(request: IncomingMessage, response: ServerResponse): boolean {
  const client = passwordClient(request)
  const started = client && checkPasswordRequest(client)
  return !started || started.ok || refuse(request, response, started.error)
}

function passwordClient(request: IncomingMessage) {
  if (request.method !== 'POST' || !PASSWORD_ROUTES.test(request.url ?? '')) return null
  const address = readSignedAddress(String(request.headers[CLIENT_ADDRESS_HEADER]))
  const { signal: abortSignal, arrivedAt } = getOpenRequest() ?? {}
  return address && abortSignal && arrivedAt ? { network: networkOf(address), abortSignal, arrivedAt } : null
}

function refuse(request: IncomingMessage, response: ServerResponse, { retryAfterSeconds }: Busy): false {
  refuseEarly(request, response, 'BUSY', { 'Retry-After': String(retryAfterSeconds) })
  return false
}
