import { db } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'

/** Less than half of CLOCK_TOLERANCE_SECONDS, because two clocks may differ in opposite directions. */
const TOLERATED_MS = 2000

/** Logs a warning if this machine's clock differs from the database's by more than 2 s. All instances share that one. */
export async function checkClock(now: () => number): Promise<void> {
  const askedAt = now()
  const [row] = await db().$queryRaw<{ at: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`
  const answeredAt = now()
  const aheadMs = (askedAt + answeredAt) / 2 - (row?.at ?? 0)
  // The database read its clock between the two.
  const uncertaintyMs = (answeredAt - askedAt) / 2
  if (Math.abs(aheadMs) - uncertaintyMs <= TOLERATED_MS) return
  const line = { job: 'clock', seconds_ahead: Math.round(aheadMs / 100) / 10 }
  log().warn(line, 'The clock differs from the database’s. Synchronise both.')
}
