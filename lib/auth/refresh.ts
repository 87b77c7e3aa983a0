import type { Client } from '#lib/audit/events'
import { db } from '#lib/db/client'
import type { Failure } from '#lib/failure'
import { err, ok, type Result } from '#lib/result'
import { bucket } from '#lib/throttle/bucket'
import { consume, findThrottled } from '#lib/throttle/consume'
import { recordThrottled } from './record-throttled'
import { rotateRefreshToken } from './session/rotate-refresh-token'
import { type SessionTokens, withAccessToken } from './session/tokens'

/**
 * Renews a session: a new refresh token and a new access token for a presented refresh token (RFC 6749 section 6).
 * @returns the tokens; `INVALID_REFRESH_TOKEN` whatever the reason; `RATE_LIMITED` after too many refused tokens
 *   from one address or too many rotations of one session
 */
export async function refresh(
  presented: string,
  request: { client: Client; transport: 'cookie' | 'bearer' },
): Promise<Result<SessionTokens, Failure<'INVALID_REFRESH_TOKEN' | 'RATE_LIMITED'>>> {
  const { client } = request
  const refusals = bucket('refresh.address', client.network)
  const throttled = await findThrottled(db(), refusals)
  if (throttled) return err(await recordThrottled(throttled, { client }))

  const verdict = await rotateRefreshToken(presented, request)
  if (verdict.ok) return ok(await withAccessToken(verdict.value))
  if ('bucket' in verdict.error) return err(await recordThrottled(verdict.error, { client }))
  await db().$transaction((tx) => consume(tx, [refusals]))
  return err(verdict.error)
}
