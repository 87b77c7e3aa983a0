import type { Subject } from '#lib/audit/new-event.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, type Result } from '#lib/result.ts'
import type { Bucket } from '#lib/throttle/bucket.ts'
import { consume, type Point } from '#lib/throttle/consume.ts'
import { refuseThrottled } from './refuse-throttled.ts'

/** Only in tests; else the database's clock decides, one for all processes. */
export type DatabaseTime = { databaseNow?: Date | undefined }

/** Takes one point of each bucket. @returns the points; or `RATE_LIMITED`, with none taken and the refusal recorded */
export async function throttle(
  buckets: Bucket[],
  { databaseNow, ...subject }: Subject & DatabaseTime,
): Promise<Result<Point[], Failure<'RATE_LIMITED'>>> {
  const points = await db().$transaction((tx) => consume(tx, buckets, { databaseNow }))
  return points.ok ? points : err(await refuseThrottled(points.error, subject))
}
