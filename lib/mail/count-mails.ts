import { db } from '#lib/db/client.ts'
import { gauge } from '#lib/metrics.ts'
import { MINUTE_MS } from '#lib/time.ts'

const LATE_MS = 10 * MINUTE_MS

type Counts = { waiting: number; late: number; undelivered: number }

/** Counts for the metric `taskward_mails`. The job counts, so that a scrape needs no database. */
export async function countMails(now = new Date()): Promise<void> {
  const lateBefore = new Date(now.getTime() - LATE_MS)
  const [counts] = await db().$queryRaw<Counts[]>`
    SELECT count(*)::int AS waiting,
           count(*) FILTER (WHERE created_at < ${lateBefore}::timestamptz)::int AS late,
           (SELECT count(*)::int FROM mails WHERE next_attempt_at IS NULL AND sent_at IS NULL) AS undelivered
    FROM mails WHERE next_attempt_at IS NOT NULL`
  if (counts) gauge('taskward_mails', () => counts)
}
