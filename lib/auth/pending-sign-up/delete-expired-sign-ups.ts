import type { Tx } from '#lib/db/client.ts'

export async function deleteExpiredSignUps(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM pending_sign_ups WHERE expires_at <= ${now}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM pending_sign_ups USING batch WHERE pending_sign_ups.id = batch.id`
}
