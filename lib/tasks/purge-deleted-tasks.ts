import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'

export const KEPT_DAYS = 30

export async function purgeDeletedTasks(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, KEPT_DAYS)
  // MATERIALIZED: a subquery of `IN` may run several times, each time for another batch.
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM tasks WHERE deleted_at < ${before}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM tasks USING batch WHERE tasks.id = batch.id`
}
