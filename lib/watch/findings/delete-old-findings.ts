import type { Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** For a look at what was told. */
const ALERT_DAYS = 30

/** Deletes findings whose evidence has served its time, with their alerts. */
export async function deleteOldFindings(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = new Date(now.getTime() - nodeEnv().auditRetentionDays * DAY_MS)
  return tx.$executeRaw`
    DELETE FROM findings WHERE id IN (
      SELECT id FROM findings WHERE last_seen_at < ${before}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}

/** Deletes alerts 30 days after they were raised: delivered, given up, or never sent because the webhook is gone. */
export async function deleteOldAlerts(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = new Date(now.getTime() - ALERT_DAYS * DAY_MS)
  return tx.$executeRaw`
    DELETE FROM alerts WHERE id IN (
      SELECT id FROM alerts WHERE created_at < ${before}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}
