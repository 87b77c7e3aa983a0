import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { KEPT_DAYS } from '../purge-deleted-tasks.ts'

/** A deleted task that was in the list goes first. */
export async function purgeDeletedLists(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, KEPT_DAYS)
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM task_lists AS lists WHERE deleted_at < ${before}::timestamptz
        AND NOT EXISTS (SELECT FROM tasks WHERE tasks.user_id = lists.user_id AND tasks.list_id = lists.id)
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM task_lists USING batch WHERE task_lists.id = batch.id`
}
