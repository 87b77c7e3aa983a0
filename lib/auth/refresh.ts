import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { isKnownBrowser } from './find-known-device.ts'
import { refuseThrottled } from './refuse-throttled.ts'
import { type RefusedToken, rotateRefreshToken } from './session/rotate-refresh-token.ts'
import { type SessionTokens, withAccessToken } from './session/tokens.ts'
import { type DatabaseTime, throttle } from './throttle.ts'

export type RefreshFailure = Failure<'INVALID_REFRESH_TOKEN' | 'RATE_LIMITED'>

type Presentation = DatabaseTime & {
  client: Client
  transport: 'cookie' | 'bearer'
  deviceToken?: string | undefined
  now: Date
}

/** RFC 6749 section 6. @returns `INVALID_REFRESH_TOKEN` for any reason; `RATE_LIMITED`, and the token stays valid */
export async function refresh(
  refreshToken: string,
  presentation: Presentation,
): Promise<Result<SessionTokens, RefreshFailure>> {
  const { client, deviceToken, now } = presentation
  const isExempt = () => deviceToken !== undefined && isKnownBrowser({ deviceToken, refreshToken, now })
  const admitted = await checkBlockedNetwork({ client }, { now, isExempt })
  if (!admitted.ok) return admitted
  const rotated = await rotateRefreshToken(refreshToken, presentation)
  if (rotated.ok) return ok(await withAccessToken(rotated.value, now))
  const { error } = rotated
  if (error.code === 'INVALID_REFRESH_TOKEN') return refuseToken(error, presentation)
  const { throttled, userId, sessionId } = error
  return err(await refuseThrottled(throttled, { client, userId, sessionId }))
}

/** Throttles refused tokens alone: a valid one never waits for them. */
export async function refuseToken(
  { reason, userId, sessionId }: RefusedToken,
  { client, databaseNow }: Pick<Presentation, 'client' | 'databaseNow'>,
): Promise<Result<never, RefreshFailure>> {
  const subject = { client, ...(userId && { userId }), ...(sessionId && { sessionId }) }
  const points = await throttle([makeBucket('refresh.address', client.network)], { ...subject, databaseNow })
  if (!points.ok) return points
  // The revocation has recorded the reuse.
  if (reason !== 'reused') {
    const outcome =
      reason === 'raced'
        ? ({ type: 'refresh_token_raced', failureReason: reason } as const)
        : ({ type: 'token_refresh_refused', failureReason: reason } as const)
    await record(db(), { ...outcome, ...subject })
  }
  return err({ code: 'INVALID_REFRESH_TOKEN' })
}
