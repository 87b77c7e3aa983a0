import type { Tx } from '#lib/db/client.ts'

export async function deleteExpiredBuckets(tx: Tx, limit: number, now: Date): Promise<number> {
  // MATERIALIZED: a subquery of `IN` may run several times, each time for another batch.
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT key FROM throttle_buckets WHERE expires_at < ${now}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM throttle_buckets USING batch WHERE throttle_buckets.key = batch.key`
}
