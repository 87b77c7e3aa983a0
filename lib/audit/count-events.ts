import { db } from '#lib/db/client'
import type { Operator } from './events'

/** How often something happened in the hour or the day (UTC) that begins at `start`. */
export type EventCount = { start: Date; eventType: string; success: boolean; count: number }

/**
 * The events of the whole instance by hour or by day (UTC), type and outcome, oldest first; what did not happen has no
 * row. The first hour or day is the one that `since` lies in, the last the one of `now`, each counted in full. Sealed
 * events were counted when they were sealed, so only those since then are read.
 */
export function countEvents(
  _operator: Operator,
  { since, by }: { since: Date; by: 'hour' | 'day' },
  now = new Date(),
): Promise<EventCount[]> {
  return db().$queryRaw<EventCount[]>`
    WITH sealed AS MATERIALIZED (SELECT era, to_xid, to_id FROM audit_seals ORDER BY number DESC LIMIT 1),
    span AS MATERIALIZED (SELECT date_trunc(${by}::text, ${since}::timestamptz, 'UTC') AS first),
    counted AS (
      SELECT hour, event_type, success, count FROM auth_event_counts
      UNION ALL
      SELECT date_trunc('hour', created_at, 'UTC'), event_type, success, 1 FROM auth_events
      WHERE (era, xid, id) >= (
        coalesce((SELECT era FROM sealed), 0), coalesce((SELECT to_xid FROM sealed), '0'),
        coalesce((SELECT to_id FROM sealed), '00000000-0000-0000-0000-000000000000'))
    )
    SELECT date_trunc(${by}::text, hour, 'UTC') AS start, event_type AS "eventType", success, sum(count)::int AS count
    FROM counted WHERE hour >= (SELECT first FROM span) AND hour <= ${now}::timestamptz
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
}
