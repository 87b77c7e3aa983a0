import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { lastSeal } from './seal/read-seals.ts'

export type EventCount = { start: Date; eventType: string; success: boolean; count: number }

/** By hour or day (UTC), oldest first, without zeros. The first contains `since`, the last `now`, both in full. */
export function countEvents(
  _operator: Operator,
  { since, by, now }: { since: Date; by: 'hour' | 'day'; now: Date },
): Promise<EventCount[]> {
  const width = `1 ${by}`
  return db().$transaction(async (tx) => {
    // One snapshot: sealed events have stored counts, and a seal between the statements would count events twice.
    await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`
    const { end } = await lastSeal(tx)
    return tx.$queryRaw<EventCount[]>`
      WITH counted AS (
        SELECT hour, event_type, success, count FROM auth_event_counts
        UNION ALL
        SELECT date_bin('1 hour', created_at, 'epoch'), event_type, success, 1 FROM auth_events
        WHERE (era = ${end.era} AND (xid, id) >= (${end.xid}::xid8, ${end.id}::uuid) OR era > ${end.era})
          AND created_at BETWEEN '0001-01-01+00' AND '9999-12-31+00'
      )
      SELECT date_bin(${width}::interval, hour, 'epoch') AS start, event_type AS "eventType", success,
        sum(count)::int AS count
      FROM counted
      WHERE hour >= date_bin(${width}::interval, ${since}::timestamptz, 'epoch') AND hour <= ${now}::timestamptz
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
  })
}
