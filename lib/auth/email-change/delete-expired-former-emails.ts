import type { Tx } from '#lib/db/client.ts'

/** Other accounts can then take these addresses. */
export async function deleteExpiredFormerEmails(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT user_id FROM former_emails WHERE expires_at <= ${now}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM former_emails USING batch WHERE former_emails.user_id = batch.user_id`
}
