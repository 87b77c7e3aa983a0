import type { IncomingMessage, ServerResponse } from 'node:http'
import { admitPasswordRequest } from '#lib/auth/password/password-queue.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { networkOf } from '#lib/throttle/network.ts'
import { readSignedAddress } from '../client-address.ts'
import { getRequestSignal } from './detect-aborted-requests.ts'
import { refuseEarly } from './receive-body.ts'

const PASSWORD_ROUTES = /^\/(api\/auth\/)?(login|signup)(\?|$)/

/**
 * Refuses a log-in or sign-up whose answer would come too late (docs/decisions/0038-log-in-storms.md). A request with
 * cookies passes: only the database knows whether the account knows its browser.
 *
 * @returns false if it was refused
 */
export function admitPasswords(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'POST' || !PASSWORD_ROUTES.test(request.url ?? '')) return true
  const address = readSignedAddress(String(request.headers[CLIENT_ADDRESS_HEADER]))
  const abortSignal = getRequestSignal()
  if (request.headers.cookie || !address || !abortSignal) return true
  const admitted = admitPasswordRequest({ network: networkOf(address), abortSignal })
  if (admitted.ok) {
    // Next.js may add as many as Node allows.
    response.setMaxListeners(response.getMaxListeners() + 1)
    response.once('close', admitted.value.leave)
    return true
  }
  refuseEarly(request, response, 'BUSY', { 'Retry-After': String(admitted.error.retryAfterSeconds) })
  return false
}
