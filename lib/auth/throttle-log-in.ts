import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Bucket, makeBucket } from '#lib/throttle/bucket.ts'
import { consume, findRefusal, type Point } from '#lib/throttle/consume.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { findKnownNetwork } from './known-device.ts'
import { recordThrottled } from './record-throttled.ts'

/** The points of an attempt: a failure keeps the first ones, a success the others. The rest goes back. */
export type LogInPoints = { ofFailure: Point[]; ofSuccess: Point[] }

/**
 * Decides whether a log-in may be tried, before the account is looked up: a refusal takes the same time whether there
 * is one or not.
 * @param knownBrowser the fingerprint of a browser that the account knows. It has one bucket of its own, so neither
 *   its neighbours nor a block of their network keep it out
 * @returns the points that the attempt took, or `RATE_LIMITED`
 */
export async function throttleLogIn(
  email: string,
  client: Client,
  knownBrowser: string | null,
  now?: Date,
): Promise<Result<LogInPoints, Failure<'RATE_LIMITED'>>> {
  const who = { client, email }
  if (knownBrowser) return take([makeBucket('login.known', email, knownBrowser)], [], who, now)

  const blocked = await checkBlockedNetwork(who, now)
  if (blocked) return err(blocked)
  const { network } = client
  const failures = [
    makeBucket('login.pair', network, email),
    makeBucket('login.pair.hour', network, email),
    makeBucket('login.address', network),
  ]
  const successes = [makeBucket('login.work', network), makeBucket('login.work.pair', network, email)]
  const refusal = await findRefusal(db(), [...failures, ...successes], now)
  if (refusal) return err(await recordThrottled(refusal, who))

  const knownNetwork = await findKnownNetwork(email, network, now)
  const ofAccount = knownNetwork
    ? makeBucket('login.known', email, knownNetwork)
    : makeBucket('login.account', email)
  return take([...failures, ofAccount], successes, who, now)
}

async function take(
  failures: Bucket[],
  successes: Bucket[],
  who: { client: Client; email: string },
  now?: Date,
): Promise<Result<LogInPoints, Failure<'RATE_LIMITED'>>> {
  const points = await db().$transaction((tx) => consume(tx, [...failures, ...successes], now))
  if (!points.ok) return err(await recordThrottled(points.error, who))
  const of = (buckets: Bucket[]) =>
    points.value.filter((point) => buckets.some(({ key }) => key === point.key))
  return ok({ ofFailure: of(failures), ofSuccess: of(successes) })
}
