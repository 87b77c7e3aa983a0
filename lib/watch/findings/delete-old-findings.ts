import type { Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { daysBefore } from '#lib/time.ts'

const ALERT_DAYS = 30

export async function deleteOldFindings(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, nodeEnv().auditRetentionDays)
  // MATERIALIZED: a subquery of `IN` may run several times, each time for another batch.
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM findings WHERE last_seen_at < ${before}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM findings USING batch WHERE findings.id = batch.id`
}

/** Deletes alerts 30 days after their creation, whether they were delivered, given up or never sent. */
export async function deleteOldAlerts(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, ALERT_DAYS)
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM alerts WHERE created_at < ${before}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM alerts USING batch WHERE alerts.id = batch.id`
}
