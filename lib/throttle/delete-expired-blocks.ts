import type { Tx } from '#lib/db/client.ts'

/** Deletes blocks of networks whose time is over. */
export async function deleteExpiredBlocks(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM blocked_networks WHERE network IN (
      SELECT network FROM blocked_networks WHERE blocked_until < ${now}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}
