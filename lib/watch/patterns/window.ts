import { leastEventId } from '#lib/audit/event-id.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { secondsLater } from '#lib/time.ts'
import { type Pattern, THRESHOLDS } from '#lib/watch/patterns/thresholds.ts'

/** What a pattern looks at: its threshold, and the events of so many seconds up to now. */
export type Window = {
  count: number
  seconds: number
  startsAt: Date
  /** The events' condition: a range of ids, which sort by time, so that an index serves it. */
  inside: Prisma.Sql
}

/** The window of a pattern, whose threshold `ALERT_THRESHOLDS` may have changed. `spans` looks back that many times as far. */
export function windowOf(pattern: Pattern, now: Date, spans = 1): Window {
  const { count, seconds } = nodeEnv().alertThresholds[pattern] ?? THRESHOLDS[pattern]
  const startsAt = secondsLater(now, -seconds * spans)
  const end = new Date(now.getTime() + 1)
  const inside = Prisma.sql`id >= ${leastEventId(startsAt)}::uuid AND id < ${leastEventId(end)}::uuid`
  return { count, seconds, startsAt, inside }
}

/**
 * A log-in that failed: a wrong password or unknown account, or a refusal by a throttle of failed log-ins, which is
 * recorded once per bucket and window however many it refused. `login.work` counts successes.
 */
export const LOGIN_FAILED = Prisma.sql`NOT success
  AND (event_type = 'login_failed' OR (event_type = 'throttled'
    AND failure_reason LIKE 'login.%' AND failure_reason NOT LIKE 'login.work%'))`

/** So many suspicions of a pattern one look keeps, the biggest or the newest: who floods the trail must not blind the watch. */
export const MAX_PER_CHECK = 100

/** So far back, some weeks, a look reads one account's life: who makes that endless must not blind the watch either. */
export const MAX_EARLIER_EVENTS = 2000

/** An account as text: its id, or what was typed where no account answers to it. */
export const ACCOUNT = Prisma.sql`COALESCE(user_id::text, email)`
