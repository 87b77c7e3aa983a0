import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Bucket, makeBucket } from '#lib/throttle/bucket.ts'
import { checkBuckets, type Point } from '#lib/throttle/consume.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { findKnownNetwork } from './find-known-device.ts'
import { refuseThrottled } from './refuse-throttled.ts'
import { throttle } from './throttle.ts'

type Attempt = {
  email: string
  client: Client
  /** Fingerprint of a browser that the account knows. Only its own failures keep it out, no neighbour's and no block. */
  knownBrowser: string | null
  now: Date
}

/** The caller gives back the points of the other outcome. */
type LogInPoints = { ofFailure: Point[]; ofSuccess: Point[] }

/** Decides before the account is read: a refusal takes the same time whether it exists or not. */
export async function throttleLogIn({
  email,
  client,
  knownBrowser,
  now,
}: Attempt): Promise<Result<LogInPoints, Failure<'RATE_LIMITED'>>> {
  const subject = { client, email }
  if (knownBrowser)
    return take({ failures: [makeBucket('login.known', email, knownBrowser)], successes: [] }, subject)

  const admitted = await checkBlockedNetwork(subject, { now })
  if (!admitted.ok) return admitted
  const { network } = client
  const failures = [
    makeBucket('login.pair', network, email),
    makeBucket('login.pair.hour', network, email),
    makeBucket('login.address', network),
  ]
  const successes = [makeBucket('login.work', network), makeBucket('login.work.pair', network, email)]
  const checked = await checkBuckets(db(), [...failures, ...successes])
  if (!checked.ok) return err(await refuseThrottled(checked.error, subject))

  const knownNetwork = await findKnownNetwork({ email, network, now })
  const ofAccount = knownNetwork
    ? makeBucket('login.known', email, knownNetwork)
    : makeBucket('login.account', email)
  return take({ failures: [...failures, ofAccount], successes }, subject)
}

async function take(
  { failures, successes }: { failures: Bucket[]; successes: Bucket[] },
  subject: { client: Client; email: string },
): Promise<Result<LogInPoints, Failure<'RATE_LIMITED'>>> {
  const points = await throttle([...failures, ...successes], subject)
  if (!points.ok) return points
  const of = (buckets: Bucket[]) =>
    points.value.filter((point) => buckets.some(({ key }) => key === point.key))
  return ok({ ofFailure: of(failures), ofSuccess: of(successes) })
}
