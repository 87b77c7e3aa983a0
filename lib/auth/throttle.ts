import type { Subject } from '#lib/audit/new-event.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, type Result } from '#lib/result.ts'
import type { Bucket } from '#lib/throttle/bucket.ts'
import { consume, type Point } from '#lib/throttle/consume.ts'
import { refuseThrottled } from './refuse-throttled.ts'

/**
 * Takes one point of each bucket, or none and refuses the attempt. The refusal is recorded.
 * @param attempt `databaseNow` only in tests; else the database's clock decides
 * @returns the points, to give back; `RATE_LIMITED`
 */
export async function throttle(
  buckets: Bucket[],
  { databaseNow, ...subject }: Subject & { databaseNow?: Date | undefined },
): Promise<Result<Point[], Failure<'RATE_LIMITED'>>> {
  const points = await db().$transaction((tx) => consume(tx, buckets, { databaseNow }))
  return points.ok ? points : err(await refuseThrottled(points.error, subject))
}
