import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { KEPT_DAYS } from '../purge-deleted-tasks.ts'

/** When the oldest changes that are kept were made. Housekeeping deletes a batch in parts, so undo and history ask for it. */
export function oldestKept(now: Date): Date {
  return daysBefore(now, KEPT_DAYS)
}

/** The journal keeps the texts of deleted tasks for no longer than the tasks. */
export async function purgeOldChanges(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT user_id, seq FROM changes WHERE created_at < ${oldestKept(now)}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM changes USING batch WHERE changes.user_id = batch.user_id AND changes.seq = batch.seq`
}
