import type { Tx } from '#lib/db/client.ts'

export async function deleteExpiredUploads(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT user_id FROM task_uploads WHERE expires_at <= ${now}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM task_uploads USING batch WHERE task_uploads.user_id = batch.user_id`
}
