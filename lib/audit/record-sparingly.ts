import type { SqlTx } from '#lib/db/sql-transaction.ts'
import { MINUTE_MS } from '#lib/time.ts'
import { leastId } from '#lib/uuid.ts'
import type { NewEvent } from './new-event.ts'
import { record } from './record.ts'

/** Per account and type: more than racing tabs or a user who guesses paths cause, less than fills a disk. */
export const MAX_PER_MINUTE = 300

/** For events that a signed-in user can cause without limit. Parallel requests may add a few more. */
export async function recordSparingly(tx: SqlTx, event: NewEvent & { userId: string }): Promise<void> {
  const now = Date.now()
  // Events from a clock that was ahead by more than a minute do not count.
  const [from, below] = [-MINUTE_MS, MINUTE_MS].map((ms) => leastId(new Date(now + ms)))
  const [recent] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM auth_events
      WHERE user_id = ${event.userId}::uuid AND id >= ${from}::uuid AND id < ${below}::uuid AND event_type = ${event.type}
      LIMIT ${MAX_PER_MINUTE}
    ) AS counted`
  if ((recent?.count ?? 0) < MAX_PER_MINUTE) await record(tx, event)
}
