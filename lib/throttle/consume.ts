import type { Tx } from '#lib/db/client'
import { Prisma } from '#lib/db/generated/client'
import { metrics } from '#lib/metrics'
import { err, ok, type Result } from '#lib/result'
import type { Bucket } from './bucket'

/** A point taken in a certain window of a bucket, which can be given back in that window only. */
export type Point = { key: string; windowStartedAt: Date }

export type Throttled = { bucket: Bucket; windowStartedAt: Date; retryAfterSeconds: number }

type Counter = { key: string; taken: number; windowStartedAt: Date; expiresAt: Date }

/**
 * Takes one point of each bucket, or of none if one of them is used up: a refused attempt costs nothing.
 * The rows stay locked until the transaction ends, always in the order of their keys, so that parallel
 * attempts of any number of processes neither pass together nor deadlock.
 * @returns the points, or the bucket that has to wait longest.
 */
export async function consume(
  tx: Tx,
  buckets: Bucket[],
  now = new Date(),
): Promise<Result<Point[], Throttled>> {
  const counters = await lockCounters(tx, buckets, now)
  const full = buckets.flatMap((bucket) => {
    const counter = counters.find(({ key }) => key === bucket.key)
    return counter && counter.taken >= bucket.limit.count ? [toThrottled(bucket, counter, now)] : []
  })
  const longest = full.sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0]
  if (longest) {
    metrics().throttleHits.inc({ limit: longest.bucket.name })
    return err(longest)
  }
  await tx.throttleBucket.updateMany({
    where: { key: { in: counters.map(({ key }) => key) } },
    data: { taken: { increment: 1 } },
  })
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

async function lockCounters(tx: Tx, buckets: Bucket[], now: Date): Promise<Counter[]> {
  const ordered = buckets.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const rows = ordered.map(({ key, limit }) => {
    const expiresAt = new Date(now.getTime() + limit.seconds * 1000)
    return Prisma.sql`(${key}, ${now}::timestamptz, ${expiresAt}::timestamptz, 0)`
  })
  return tx.$queryRaw<Counter[]>`
    INSERT INTO throttle_buckets AS bucket (key, window_started_at, expires_at, taken)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (key) DO UPDATE SET
      taken             = CASE WHEN bucket.expires_at <= ${now}::timestamptz THEN 0 ELSE bucket.taken END,
      reported          = bucket.reported AND bucket.expires_at > ${now}::timestamptz,
      window_started_at = CASE WHEN bucket.expires_at <= ${now}::timestamptz
                               THEN excluded.window_started_at ELSE bucket.window_started_at END,
      expires_at        = CASE WHEN bucket.expires_at <= ${now}::timestamptz
                               THEN excluded.expires_at ELSE bucket.expires_at END
    RETURNING key, taken, window_started_at AS "windowStartedAt", expires_at AS "expiresAt"`
}

function toThrottled(bucket: Bucket, counter: Counter, now: Date): Throttled {
  const milliseconds = counter.expiresAt.getTime() - now.getTime()
  return {
    bucket,
    windowStartedAt: counter.windowStartedAt,
    retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)),
  }
}
