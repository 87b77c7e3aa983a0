import { randomUUID } from 'node:crypto'
import { recordAll } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { secondsLater } from '#lib/time.ts'

/** A log-in that was in time may still be in its transaction, which lasts ten seconds at most. */
const MARGIN_SECONDS = 60

/** Tables with many rows of one account, and their keys. */
const MANY_ROWS = [
  ['tasks', 'id'],
  ['changes', 'user_id, seq'],
  ['sessions', 'id'],
].map((names) => names.map((name) => Prisma.raw(name)))

/**
 * Deletes accounts whose time has come, with everything but their events, which hold no email address. Tables with many
 * rows of an account go first: one statement that deletes the many rows of an account could exceed its time.
 * @returns the number of deleted rows, `limit` at most
 */
export async function deleteDueAccounts(tx: Tx, limit: number, now: Date): Promise<number> {
  // While a change of its address can be undone, its owner may not be who asked.
  const isDue = Prisma.sql`deletion_due_at < ${secondsLater(now, -MARGIN_SECONDS)}::timestamptz AND NOT EXISTS (
    SELECT 1 FROM former_emails AS former WHERE former.user_id = users.id AND former.expires_at > ${now}::timestamptz)`
  let deleted = 0
  for (const [table, key] of MANY_ROWS) {
    deleted += await tx.$executeRaw`
      WITH batch AS MATERIALIZED (
        SELECT ${key} FROM ${table}
        WHERE user_id IN (SELECT id FROM users WHERE ${isDue})
        LIMIT ${limit - deleted} FOR UPDATE SKIP LOCKED
      ) DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM batch)`
    if (deleted === limit) return limit
  }
  const accounts = await tx.$queryRaw<{ id: string }[]>`
    WITH batch AS MATERIALIZED (
      SELECT id FROM users WHERE ${isDue}
      LIMIT ${limit - deleted} FOR UPDATE SKIP LOCKED
    ) DELETE FROM users USING batch WHERE users.id = batch.id RETURNING users.id`
  const client = { ipAddress: null, network: 'local', userAgent: null, requestId: randomUUID() }
  await recordAll(
    tx,
    accounts.map(({ id: userId }) => ({ type: 'account_deleted', client, userId })),
  )
  return deleted + accounts.length
}
