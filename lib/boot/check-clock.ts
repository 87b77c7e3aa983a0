import { db } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'

/**
 * Tokens from the future are refused from 5 s on (lib/gate/verify-access-token.ts). Two clocks may err in opposite
 * directions.
 */
const TOLERATED_MS = 2000

/** Logs one line where this machine's clock differs from the database's, which all instances share, by more than 2 s. */
export async function checkClock(now: () => number = Date.now): Promise<void> {
  const askedAt = now()
  const [row] = await db().$queryRaw<{ at: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`
  const answeredAt = now()
  const aheadMs = (askedAt + answeredAt) / 2 - (row?.at ?? 0)
  // The database read its clock at some moment in between.
  const uncertaintyMs = (answeredAt - askedAt) / 2
  if (Math.abs(aheadMs) - uncertaintyMs <= TOLERATED_MS) return
  const line = { job: 'clock', seconds_ahead: Math.round(aheadMs / 100) / 10 }
  log().warn(line, 'The clock differs from the database’s. Synchronise both.')
}
