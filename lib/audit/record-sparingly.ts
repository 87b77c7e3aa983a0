import type { Tx } from '#lib/db/client.ts'
import { MINUTE_MS } from '#lib/time.ts'
import { leastEventId } from './event-id.ts'
import type { AuthEventInput } from './events.ts'
import { record } from './record.ts'

/** Of one account, type and minute: far more than tabs that race or a person who guesses paths, far less than a disk holds. */
export const MOST_PER_MINUTE = 300

/**
 * Appends an event that whoever is signed in can cause as often as he likes, like `record`, but only the first 300
 * of its type that the account causes within a minute (somewhat more where requests are parallel).
 */
export async function recordSparingly(
  tx: Tx,
  event: AuthEventInput & { userId: string },
  now = new Date(),
): Promise<void> {
  // Events that a wrong clock has put further ahead do not count.
  const [from, below] = [-MINUTE_MS, MINUTE_MS].map((ms) => leastEventId(new Date(now.getTime() + ms)))
  const [recent] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM auth_events
      WHERE user_id = ${event.userId}::uuid AND id >= ${from}::uuid AND id < ${below}::uuid AND event_type = ${event.type}
      LIMIT ${MOST_PER_MINUTE}
    ) AS counted`
  if ((recent?.count ?? 0) < MOST_PER_MINUTE) await record(tx, event, now)
}
