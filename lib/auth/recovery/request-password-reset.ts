import type { Client } from '#lib/actor.ts'
import { checkBlockedNetwork } from '#lib/auth/check-blocked-network.ts'
import { throttle } from '#lib/auth/throttle.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { newId } from '#lib/uuid.ts'

/**
 * Does not read the account: the same statements run for every email, so that neither the answer nor its time shows
 * whether it has one (ASVS 6.3.8). `answerResetRequests` finds out after the answer.
 * @param email normalised
 * @returns `RATE_LIMITED`, whether the account exists or not
 */
export async function requestPasswordReset(
  email: string,
  { client, now }: { client: Client; now: Date },
): Promise<Result<null, Failure<'RATE_LIMITED'>>> {
  const subject = { client, email }
  const admitted = await checkBlockedNetwork(subject, { now })
  if (!admitted.ok) return admitted
  const buckets = [makeBucket('reset.address', client.network), makeBucket('reset.recipient', email)]
  const points = await throttle(buckets, subject)
  if (!points.ok) return points
  const { ipAddress, network, userAgent, requestId } = client
  await db().passwordResetRequest.create({
    data: { id: newId(now), email, client: { ipAddress, network, userAgent, requestId } },
    select: { id: true },
  })
  return ok(null)
}
