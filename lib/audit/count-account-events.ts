import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { DAY_MS } from '#lib/time.ts'
import { leastId } from '#lib/uuid.ts'
import { typesOf } from './catalogue.ts'

export type DayCount = {
  day: Date
  logIns: number
  failures: number
}

/** The log-ins and failures of the last `days` days, with today, oldest first. Reads the index alone. */
export async function countAccountEvents(
  actor: Actor,
  { days = 30, now }: { days?: number; now: Date },
): Promise<DayCount[]> {
  const today = Math.floor(now.getTime() / DAY_MS)
  const first = today - days + 1
  const counted = await db().$queryRaw<{ day: number; logIns: number; failures: number }[]>`
    SELECT (created_at AT TIME ZONE 'UTC')::date - '1970-01-01' AS day,
      (count(*) FILTER (WHERE success AND event_type = ANY (${typesOf('log-ins')}::text[])))::int AS "logIns",
      (count(*) FILTER (WHERE NOT success))::int AS failures
    FROM auth_events
    WHERE user_id = ${actor.userId}::uuid AND id >= ${leastId(new Date(first * DAY_MS))}::uuid
    GROUP BY 1`
  return Array.from({ length: days }, (_, index) => {
    const { logIns = 0, failures = 0 } = counted.find(({ day }) => day === first + index) ?? {}
    return { day: new Date((first + index) * DAY_MS), logIns, failures }
  })
}
