import type { Subject } from '#lib/audit/new-event.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import type { Throttled } from '#lib/throttle/consume.ts'
import { recordThrottledEvent } from './record-throttled-event.ts'

/** Records once per bucket and window: an attack must not fill the disk. */
export async function refuseThrottled(
  { bucket, windowStartedAt, retryAfterSeconds, reported }: Throttled,
  subject: Subject,
): Promise<Failure<'RATE_LIMITED'>> {
  if (!reported) {
    await db().$transaction(async (tx) => {
      // Checked again, so that of parallel refusals one records.
      const { count } = await tx.throttleBucket.updateMany({
        where: { key: bucket.key, windowStartedAt, reported: false },
        data: { reported: true },
      })
      if (count === 1) await recordThrottledEvent(tx, { ...subject, failureReason: bucket.name })
    })
  }
  return { code: 'RATE_LIMITED', retryAfterSeconds }
}
