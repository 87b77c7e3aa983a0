import type { Tx } from '#lib/db/client'

/** Deletes text that waited in vain for its account to log in again, or has been shown. */
export async function deleteExpiredDrafts(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM drafts WHERE user_id IN (
      SELECT user_id FROM drafts WHERE expires_at <= ${now}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}
