import { Prisma } from '#lib/db/generated/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { secondsLater } from '#lib/time.ts'
import { leastId } from '#lib/uuid.ts'
import { type Pattern, THRESHOLDS } from '#lib/watch/patterns/thresholds.ts'

export type Window = {
  count: number
  seconds: number
  startsAt: Date
  /** The condition of these events: a range of ids, which sort by time, so an index serves it. */
  inside: Prisma.Sql
}

/** @param options.spans how many times the threshold's seconds the window is long */
export function getWindow(pattern: Pattern, now: Date, { spans = 1 } = {}): Window {
  const { count, seconds } = nodeEnv().alertThresholds[pattern] ?? THRESHOLDS[pattern]
  const startsAt = secondsLater(now, -seconds * spans)
  const end = new Date(now.getTime() + 1)
  const inside = Prisma.sql`id >= ${leastId(startsAt)}::uuid AND id < ${leastId(end)}::uuid`
  return { count, seconds, startsAt, inside }
}

/** A throttle of failures counts, once per bucket and window. `login.work` throttles successes. */
export const LOGIN_FAILED = Prisma.sql`NOT success
  AND (event_type = 'login_failed' OR (event_type = 'throttled'
    AND failure_reason LIKE 'login.%' AND failure_reason NOT LIKE 'login.work%'))`

/** Findings of a pattern per check, the biggest or the newest: a flood of events must not stop the checks. */
export const MAX_PER_CHECK = 100

/** Events of one account that a check reads backwards, some weeks of them, for the same reason. */
export const MAX_EARLIER_EVENTS = 2000

/** An account as text: its id, or the email that was typed where no account has it. */
export const ACCOUNT = Prisma.sql`COALESCE(user_id::text, email)`
