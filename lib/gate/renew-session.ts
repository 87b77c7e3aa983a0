import { edgeEnv } from '#lib/env/edge.ts'
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts'
import {
  RENEWAL_PATH,
  type RenewalCall,
  type RenewedCookies,
  renewalReplySchema,
  SIGNATURE_HEADER,
  signCall,
} from './renewal-call.ts'

/** Longer than the waits for a connection and for a session's lock (lib/db/client.ts): the database gives up first. */
const PATIENCE_MS = 9_000

/** What a browser presents: every different refresh cookie, the sessions that its access cookies name, its device. */
type Presented = { refreshTokens: string[]; sessionIds: string[]; deviceToken: string | undefined }

/**
 * Renews a browser's session through the server's own internal route, since the edge runtime cannot reach the database.
 * The address is the server's own, never taken from a request.
 * @returns the new cookies; `refused` for a token that is worth nothing; `failed` for everything that says nothing about it
 */
export async function renewSession(
  { refreshTokens: [refreshToken = '', ...rivals], sessionIds, deviceToken }: Presented,
  headers: Headers,
  requestId: string,
): Promise<RenewedCookies | 'refused' | 'failed'> {
  const call: RenewalCall = {
    refreshToken,
    ...(rivals.length > 0 && { rivals }),
    ...(sessionIds.length > 0 && { sessionIds }),
    clientAddress: headers.get(CLIENT_ADDRESS_HEADER) ?? '',
    userAgent: headers.get('user-agent') ?? '',
    requestId,
    deviceToken,
  }
  const body = JSON.stringify(call)
  try {
    const reply = await fetch(edgeEnv().ownOrigin + RENEWAL_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: await signCall(body) },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (reply.status === 401) return 'refused'
    if (!reply.ok) return 'failed'
    return renewalReplySchema.parse(await reply.json())
  } catch {
    return 'failed'
  }
}
