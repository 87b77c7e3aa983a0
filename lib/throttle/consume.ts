import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Bucket } from './bucket.ts'

/** A point taken in a certain window of a bucket, which can be given back in that window only. */
export type Point = { key: string; windowStartedAt: Date }

/** A refusal: the bucket that is used up, and whether the audit trail has an event of this window already. */
export type Throttled = {
  bucket: Bucket
  windowStartedAt: Date
  retryAfterSeconds: number
  reported: boolean
}

type Counter = {
  key: string
  taken: number
  windowStartedAt: Date
  expiresAt: Date
  reported: boolean
  /** When it was read. */
  now: Date
}

/**
 * Checks whether one of the buckets is used up. Takes nothing and writes nothing.
 * @param now only in tests; else the database's clock, one for all processes
 * @returns the one with the longest wait
 */
export async function findRefusal(tx: Tx, buckets: Bucket[], now?: Date): Promise<Throttled | null> {
  const keys = buckets.map((bucket) => bucket.key)
  const counters = await tx.$queryRaw<Counter[]>`
    SELECT key, taken, reported, window_started_at AS "windowStartedAt", expires_at AS "expiresAt",
           ${clock(now)} AS now
    FROM throttle_buckets WHERE key = ANY (${keys})`
  return judge(buckets, counters, 1)
}

/**
 * Takes one point of each bucket, or of none if one of them is used up: a refused attempt costs nothing and leaves
 * nothing in the table. Parallel attempts of any number of processes neither pass together nor deadlock, since each
 * locks its rows in the order of their keys until the transaction ends.
 * @param now as in `findRefusal`
 * @returns the points, or the bucket with the longest wait
 */
export async function consume(tx: Tx, buckets: Bucket[], now?: Date): Promise<Result<Point[], Throttled>> {
  const refusal = await findRefusal(tx, buckets, now)
  if (refusal) return err(refusal)
  await tx.$executeRaw`SAVEPOINT consume`
  const counters = await take(tx, buckets, now)
  // Others may have taken the last points since the check above.
  const overdrawn = judge(buckets, counters, 0)
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

/** Read anew wherever it is written in SQL. To the millisecond, as columns hold it. */
function clock(now: Date | undefined): Prisma.Sql {
  return now ? Prisma.sql`${now}::timestamptz(3)` : Prisma.sql`clock_timestamp()::timestamptz(3)`
}

function take(tx: Tx, buckets: Bucket[], now: Date | undefined): Promise<Counter[]> {
  const rows = buckets.map(({ key, limit }) => Prisma.sql`(${key}, ${limit.seconds}::float8)`)
  // Locked in an order that no collation changes. The clock is read once a row is locked: before, a window that another
  // attempt has just begun would lie ahead.
  return tx.$queryRaw<Counter[]>`
    INSERT INTO throttle_buckets AS bucket (key, window_started_at, expires_at, taken)
    SELECT key, now, now + make_interval(secs => seconds), 1
    FROM (SELECT ${clock(now)} AS now) AS read, (VALUES ${Prisma.join(rows)}) AS wanted (key, seconds)
    ORDER BY key COLLATE "C"
    ON CONFLICT (key) DO UPDATE SET (taken, reported, window_started_at, expires_at) = (
      SELECT CASE WHEN is_open THEN bucket.taken + 1 ELSE 1 END,
             is_open AND bucket.reported,
             CASE WHEN is_open THEN bucket.window_started_at ELSE now END,
             CASE WHEN is_open THEN bucket.expires_at ELSE now + length END
      FROM (SELECT ${clock(now)} AS now, excluded.expires_at - excluded.window_started_at AS length) AS read,
      LATERAL (SELECT bucket.window_started_at <= now AND bucket.expires_at > now
                      AND bucket.window_started_at + length > now AS is_open) AS judged)
    RETURNING key, taken, reported, window_started_at AS "windowStartedAt", expires_at AS "expiresAt",
              ${clock(now)} AS now`
}

/** @param wanted points that are still to be taken of each bucket */
function judge(buckets: Bucket[], counters: Counter[], wanted: number): Throttled | null {
  const full = buckets.flatMap((bucket) => {
    const counter = counters.find(({ key }) => key === bucket.key)
    const secondsLeft = counter ? leftOf(counter, bucket) : 0
    if (!counter || secondsLeft <= 0 || counter.taken + wanted <= bucket.limit.count) return []
    const { windowStartedAt, reported } = counter
    return [{ bucket, windowStartedAt, reported, retryAfterSeconds: Math.ceil(secondsLeft) }]
  })
  const longest = full.sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0]
  if (!longest) return null
  metrics().throttleHits.inc({ limit: longest.bucket.name })
  return longest
}

/**
 * How many seconds of a counter's window are left; 0 where it is over. So it is if it begins in the future, since the
 * clock was wrong, or is longer than the limit is now: no throttle outlasts its limit.
 */
function leftOf({ windowStartedAt, expiresAt, now }: Counter, { limit }: Bucket): number {
  if (windowStartedAt > now) return 0
  const end = Math.min(expiresAt.getTime(), windowStartedAt.getTime() + limit.seconds * 1000)
  return (end - now.getTime()) / 1000
}
