import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Offset } from '#lib/format-date.ts'
import { daysBefore } from '#lib/time.ts'
import { dayOf, startOfDay } from '#lib/time-zone.ts'
import { leastId } from '#lib/uuid.ts'
import { typesOf } from './catalogue.ts'

export type DayCount = {
  /** Midnight UTC of its date. */
  day: Date
  logIns: number
  failures: number
}

/** The log-ins and failures of the last `days` days, with today, oldest first. Reads the index alone. */
export async function countAccountEvents(
  actor: Actor,
  { days = 30, offset, now }: { days?: number; offset: Offset; now: Date },
): Promise<DayCount[]> {
  const today = dayOf(now, offset)
  const dates = Array.from({ length: days }, (_, index) => daysBefore(today, days - 1 - index))
  const starts = dates.map((date) => startOfDay(date, offset))
  // Not AT TIME ZONE: PostgreSQL may not know the zone, or have other rules for it.
  const counted = await db().$queryRaw<{ day: number; logIns: number; failures: number }[]>`
    SELECT width_bucket(created_at, ${starts.map((start) => start.toISOString())}::timestamptz[]) AS day,
      (count(*) FILTER (WHERE success AND event_type = ANY (${typesOf('log-ins')}::text[])))::int AS "logIns",
      (count(*) FILTER (WHERE NOT success))::int AS failures
    FROM auth_events
    WHERE user_id = ${actor.userId}::uuid AND id >= ${leastId(starts[0] ?? now)}::uuid
    GROUP BY 1`
  return dates.map((date, index) => {
    const { logIns = 0, failures = 0 } = counted.find(({ day }) => day === index + 1) ?? {}
    return { day: date, logIns, failures }
  })
}
