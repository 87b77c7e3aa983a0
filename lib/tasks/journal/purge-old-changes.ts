import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { KEPT_DAYS } from '../purge-deleted-tasks.ts'

/** The journal keeps the texts of deleted tasks for no longer than the tasks. */
export async function purgeOldChanges(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, KEPT_DAYS)
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT user_id, seq FROM changes WHERE created_at < ${before}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM changes USING batch WHERE changes.user_id = batch.user_id AND changes.seq = batch.seq`
}
