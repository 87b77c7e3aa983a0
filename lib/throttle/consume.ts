import { Prisma } from '#lib/db/generated/client.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'
import { metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Bucket } from './bucket.ts'

export type Point = { key: string; windowStartedAt: Date }

/** `reported`: the audit trail has an event of this window. */
export type Throttled = {
  code: 'RATE_LIMITED'
  bucket: Bucket
  windowStartedAt: Date
  retryAfterSeconds: number
  reported: boolean
}

/** For tests only. Without it the database's clock decides, which all processes share. */
type Clock = { databaseNow?: Date | undefined }

type Counter = {
  key: string
  taken: number
  windowStartedAt: Date
  expiresAt: Date
  reported: boolean
  readAt: Date
}

/** Takes no point and writes nothing. @returns `RATE_LIMITED` with the bucket that has the longest wait */
export async function checkBuckets(
  tx: SqlTx,
  buckets: Bucket[],
  { databaseNow }: Clock = {},
): Promise<Result<null, Throttled>> {
  const keys = buckets.map((bucket) => bucket.key)
  const counters = await tx.$queryRaw<Counter[]>`
    SELECT key, taken, reported, window_started_at AS "windowStartedAt", expires_at AS "expiresAt",
           ${clock(databaseNow)} AS "readAt"
    FROM throttle_buckets WHERE key = ANY (${keys})`
  return judge(buckets, { counters, wanted: 1 })
}

/** Takes a point of each bucket or none. Parallel attempts cannot deadlock. @returns `RATE_LIMITED` as `checkBuckets` */
export async function consume(
  tx: SqlTx,
  buckets: Bucket[],
  { databaseNow }: Clock = {},
): Promise<Result<Point[], Throttled>> {
  const checked = await checkBuckets(tx, buckets, { databaseNow })
  if (!checked.ok) return checked
  // One alone has its row already if it is full, so that giving back leaves nothing new.
  const isOne = buckets.length === 1
  if (!isOne) await tx.$executeRaw`SAVEPOINT consume`
  const counters = await tx.$queryRaw<Counter[]>`${takePoints(buckets, { databaseNow })}`
  // Another attempt may have taken the last point after the check above.
  const taken = judge(buckets, { counters, wanted: 0 })
  const points = counters.map(({ key, windowStartedAt }) => ({ key, windowStartedAt }))
  if (taken.ok) return ok(points)
  if (isOne) await giveBack(tx, points)
  else await tx.$executeRaw`ROLLBACK TO SAVEPOINT consume`
  return taken
}

export async function giveBack(tx: SqlTx, points: Point[]): Promise<void> {
  for (const { key, windowStartedAt } of points) {
    await tx.$executeRaw`
      UPDATE throttle_buckets SET taken = taken - 1
      WHERE key = ${key} AND window_started_at = ${windowStartedAt}::timestamptz AND taken > 0`
  }
}

/** In milliseconds, like the columns. PostgreSQL reads `clock_timestamp()` anew at every place in a statement. */
function clock(now: Date | undefined): Prisma.Sql {
  return now ? Prisma.sql`${now}::timestamptz(3)` : Prisma.sql`clock_timestamp()::timestamptz(3)`
}

/** Takes a point of each bucket, full or not, as a part of a larger statement. */
export function takePoints(buckets: Bucket[], { databaseNow: now }: Clock = {}): Prisma.Sql {
  const rows = buckets.map(({ key, limit }) => Prisma.sql`(${key}, ${limit.seconds}::float8)`)
  // COLLATE "C" gives every database the same lock order. The update reads the clock again after it has locked the row:
  // a window that another attempt has just started would otherwise lie in the future.
  return Prisma.sql`
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
              ${clock(now)} AS "readAt"`
}

function judge(
  buckets: Bucket[],
  { counters, wanted }: { counters: Counter[]; wanted: number },
): Result<null, Throttled> {
  const full = buckets.flatMap((bucket) => {
    const counter = counters.find(({ key }) => key === bucket.key)
    const secondsLeft = counter ? countSecondsLeft(counter, bucket) : 0
    if (!counter || secondsLeft <= 0 || counter.taken + wanted <= bucket.limit.count) return []
    const { windowStartedAt, reported } = counter
    return [{ bucket, windowStartedAt, reported, retryAfterSeconds: Math.ceil(secondsLeft) }]
  })
  const longest = full.sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0]
  if (!longest) return ok(null)
  metrics().throttleHits.inc({ limit: longest.bucket.name })
  return err({ code: 'RATE_LIMITED', ...longest })
}

/** A window also ends if it starts in the future, after a clock was wrong, or exceeds a limit that was shortened. */
function countSecondsLeft({ windowStartedAt, expiresAt, readAt }: Counter, { limit }: Bucket): number {
  if (windowStartedAt > readAt) return 0
  const end = Math.min(expiresAt.getTime(), windowStartedAt.getTime() + limit.seconds * 1000)
  return (end - readAt.getTime()) / 1000
}
