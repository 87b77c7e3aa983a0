import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import type { DeadLink } from '#lib/auth/links/find-link.ts'
import { throttle } from '#lib/auth/throttle.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'

/** Throttles refused links alone: one that works never waits for them. */
export async function refuseLink(
  { reason, userId }: DeadLink,
  client: Client,
): Promise<Result<never, Failure<'INVALID_LINK' | 'RATE_LIMITED'>>> {
  const subject = { client, ...(userId && { userId }) }
  const points = await throttle([makeBucket('link.address', client.network)], subject)
  if (!points.ok) return points
  await record(db(), { type: 'password_reset', failureReason: reason, ...subject })
  return err({ code: 'INVALID_LINK' })
}
