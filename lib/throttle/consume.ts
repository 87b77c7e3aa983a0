import type { Tx } from '#lib/db/client'
import { Prisma } from '#lib/db/generated/client'
import { metrics } from '#lib/metrics'
import { err, ok, type Result } from '#lib/result'
import type { Bucket } from './bucket'

/** A point taken in a certain window of a bucket, which can be given back in that window only. */
export type Point = { key: string; windowStartedAt: Date }

/** A refusal: the bucket that is used up, and whether the audit trail has an event of this window already. */
export type Throttled = {
  bucket: Bucket
  windowStartedAt: Date
  retryAfterSeconds: number
  reported: boolean
}

type Counter = { key: string; taken: number; windowStartedAt: Date; expiresAt: Date; reported: boolean }

/** Checks whether one of the buckets is used up. Takes nothing and writes nothing. @returns the one with the longest wait */
export async function findRefusal(tx: Tx, buckets: Bucket[], now = new Date()): Promise<Throttled | null> {
  const key = { in: buckets.map((bucket) => bucket.key) }
  const counters = await tx.throttleBucket.findMany({ where: { key, expiresAt: { gt: now } } })
  return judge(buckets, counters, { wanted: 1, now })
}

/**
 * Takes one point of each bucket, or of none if one of them is used up: a refused attempt costs nothing and leaves
 * nothing in the table. Parallel attempts of any number of processes neither pass together nor deadlock, since each
 * locks its rows in the order of their keys until the transaction ends.
 * @returns the points, or the bucket with the longest wait
 */
export async function consume(
  tx: Tx,
  buckets: Bucket[],
  now = new Date(),
): Promise<Result<Point[], Throttled>> {
  const refusal = await findRefusal(tx, buckets, now)
  if (refusal) return err(refusal)
  await tx.$executeRaw`SAVEPOINT consume`
  const counters = await take(tx, buckets, now)
  // Others may have taken the last points since the check above.
  const overdrawn = judge(buckets, counters, { wanted: 0, now })
  if (overdrawn) {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT consume`
    return err(overdrawn)
  }
  return ok(counters.map(({ key, windowStartedAt }) => ({ key, windowStartedAt })))
}

/** Gives points back, each in its own window only: one that has meanwhile begun anew keeps its count. */
export async function giveBack(tx: Tx, points: Point[]): Promise<void> {
  for (const { key, windowStartedAt } of points) {
    await tx.throttleBucket.updateMany({
      where: { key, windowStartedAt, taken: { gt: 0 } },
      data: { taken: { decrement: 1 } },
    })
  }
}

function take(tx: Tx, buckets: Bucket[], now: Date): Promise<Counter[]> {
  const ordered = buckets.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const rows = ordered.map(({ key, limit }) => {
    const expiresAt = new Date(now.getTime() + limit.seconds * 1000)
    return Prisma.sql`(${key}, ${now}::timestamptz, ${expiresAt}::timestamptz, 1)`
  })
  return tx.$queryRaw<Counter[]>`
    INSERT INTO throttle_buckets AS bucket (key, window_started_at, expires_at, taken)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (key) DO UPDATE SET
      taken             = CASE WHEN bucket.expires_at <= ${now}::timestamptz THEN 1 ELSE bucket.taken + 1 END,
      reported          = bucket.reported AND bucket.expires_at > ${now}::timestamptz,
      window_started_at = CASE WHEN bucket.expires_at <= ${now}::timestamptz
                               THEN excluded.window_started_at ELSE bucket.window_started_at END,
      expires_at        = CASE WHEN bucket.expires_at <= ${now}::timestamptz
                               THEN excluded.expires_at ELSE bucket.expires_at END
    RETURNING key, taken, reported, window_started_at AS "windowStartedAt", expires_at AS "expiresAt"`
}

/** @param wanted points that are still to be taken of each bucket */
function judge(
  buckets: Bucket[],
  counters: Counter[],
  { wanted, now }: { wanted: number; now: Date },
): Throttled | null {
  const full = buckets.flatMap((bucket) => {
    const counter = counters.find(({ key }) => key === bucket.key)
    return counter && counter.taken + wanted > bucket.limit.count ? [toThrottled(bucket, counter, now)] : []
  })
  const longest = full.sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0]
  if (!longest) return null
  metrics().throttleHits.inc({ limit: longest.bucket.name })
  return longest
}

function toThrottled(
  bucket: Bucket,
  { windowStartedAt, expiresAt, reported }: Counter,
  now: Date,
): Throttled {
  const seconds = Math.ceil((expiresAt.getTime() - now.getTime()) / 1000)
  return { bucket, windowStartedAt, reported, retryAfterSeconds: Math.max(1, seconds) }
}
