import type { Tx } from '#lib/db/client.ts'

export async function deleteExpiredLinks(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT token_hash FROM account_links WHERE expires_at <= ${now}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM account_links USING batch WHERE account_links.token_hash = batch.token_hash`
}
