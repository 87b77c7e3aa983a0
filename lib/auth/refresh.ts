import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume } from '#lib/throttle/consume.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { isKnownBrowser } from './known-device.ts'
import { recordThrottled } from './record-throttled.ts'
import { type Refusal, rotateRefreshToken } from './session/rotate-refresh-token.ts'
import { type SessionTokens, withAccessToken } from './session/tokens.ts'

type Presentation = {
  client: Client
  transport: 'cookie' | 'bearer'
  /** The device cookie that came along. */
  deviceToken?: string | undefined
}

/**
 * Renews a session: a new refresh token and a new access token for a presented refresh token (RFC 6749 section 6).
 * @returns the tokens; `INVALID_REFRESH_TOKEN` whatever the reason; `RATE_LIMITED` after too many rotations of one
 *   session, or for a refused token after too many of them from one address (a good token never waits for bad ones), or from a blocked
 *   network unless the browser is known to the session's account; a blocked token stays as it was
 * @param now only in tests; else the start of the database's transaction
 */
export async function refresh(
  presented: string,
  request: Presentation,
  now?: Date,
): Promise<Result<SessionTokens, Failure<'INVALID_REFRESH_TOKEN' | 'RATE_LIMITED'>>> {
  const { client, deviceToken } = request
  const mayPass = () => deviceToken !== undefined && isKnownBrowser(deviceToken, presented, now)
  const blocked = await checkBlockedNetwork({ client }, now, mayPass)
  if (blocked) return err(blocked)
  const verdict = await rotateRefreshToken(presented, request, now)
  if (verdict.ok) return ok(await withAccessToken(verdict.value, now))
  if ('bucket' in verdict.error) {
    const { userId, sessionId } = verdict.error
    return err(await recordThrottled(verdict.error, { client, userId, sessionId }))
  }
  return err(await refuse(verdict.error, client, now))
}

/** Counts and records a refusal, and answers it. */
export async function refuse({ reason, ...account }: Refusal, client: Client, now?: Date) {
  const points = await db().$transaction((tx) =>
    consume(tx, [makeBucket('refresh.address', client.network)], now),
  )
  if (!points.ok) return recordThrottled(points.error, { client, ...account })
  // The revocation has recorded a reuse already.
  if (reason !== 'reused') {
    const outcome =
      reason === 'raced'
        ? ({ type: 'refresh_token_raced', failureReason: reason } as const)
        : ({ type: 'token_refresh_refused', failureReason: reason } as const)
    await record(db(), { ...outcome, client, ...account })
  }
  return { code: 'INVALID_REFRESH_TOKEN' } as const
}
