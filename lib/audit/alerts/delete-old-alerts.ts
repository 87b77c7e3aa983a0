import { leastEventId } from '#lib/audit/event-id'
import type { Tx } from '#lib/db/client'

const KEPT_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** Deletes alerts 30 days after they were written: delivered, given up, or never sent because there is no webhook any more. */
export async function deleteOldAlerts(tx: Tx, limit: number, now: Date): Promise<number> {
  const least = leastEventId(new Date(now.getTime() - KEPT_DAYS * DAY_MS))
  return tx.$executeRaw`
    DELETE FROM alerts WHERE id IN (
      SELECT id FROM alerts WHERE id < ${least}::uuid ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}
