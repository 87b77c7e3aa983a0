import type { Tx } from '#lib/db/client.ts'

/** A draft that was shown expires early. */
export async function deleteExpiredFormDrafts(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT user_id, form FROM drafts WHERE expires_at <= ${now}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM drafts USING batch WHERE drafts.user_id = batch.user_id AND drafts.form = batch.form`
}
