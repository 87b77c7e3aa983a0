import type { Tx } from '#lib/db/client.ts'

export async function deleteExpiredBlocks(tx: Tx, limit: number, now: Date): Promise<number> {
  // MATERIALIZED: a subquery of `IN` may run several times, each time for another batch.
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT network FROM blocked_networks WHERE blocked_until < ${now}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM blocked_networks USING batch WHERE blocked_networks.network = batch.network`
}
