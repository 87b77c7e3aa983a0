import { edgeEnv } from '#lib/env/edge.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { CLIENT_ADDRESS_HEADER, SIGNATURE_HEADER } from './internal-headers.ts'
import {
  RENEWAL_PATH,
  type RenewalCall,
  type RenewedCookies,
  renewalReplySchema,
  signCall,
} from './renewal-call.ts'

/** Longer than the database's own time-outs for a connection and a session's lock (lib/db/client.ts). */
const TIMEOUT_MS = 9_000

type Presented = { refreshTokens: string[]; sessionIds: string[]; deviceToken: string | undefined }

/** @returns the new cookies; `RENEWAL_REFUSED` for an invalid refresh token; `RENEWAL_FAILED` if that remains unknown */
export async function renewSession(
  { refreshTokens: [refreshToken = '', ...rivals], sessionIds, deviceToken }: Presented,
  { headers, requestId, now }: { headers: Headers; requestId: string; now: Date },
): Promise<Result<RenewedCookies, Failure<'RENEWAL_REFUSED' | 'RENEWAL_FAILED'>>> {
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
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: await signCall(body, now) },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (reply.status === 401) return err({ code: 'RENEWAL_REFUSED' })
    if (!reply.ok) return err({ code: 'RENEWAL_FAILED' })
    return ok(renewalReplySchema.parse(await reply.json()))
  } catch {
    return err({ code: 'RENEWAL_FAILED' })
  }
}
