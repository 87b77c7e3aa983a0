import { randomUUID } from 'node:crypto'
import { recordAll } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { secondsLater } from '#lib/time.ts'

/** A log-in that was in time may still be in its transaction, which lasts ten seconds at most. */
const MARGIN_SECONDS = 60

/**
 * Deletes accounts whose time has come, with everything but their events, which hold no email address. Tasks and
 * sessions go first: one statement that deletes the many rows of an account could exceed its time.
 * @returns the number of deleted rows, `limit` at most
 */
export async function deleteDueAccounts(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = secondsLater(now, -MARGIN_SECONDS)
  const tasks = await tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT tasks.id FROM tasks JOIN users ON users.id = tasks.user_id
      WHERE users.deletion_due_at < ${before}::timestamptz LIMIT ${limit} FOR UPDATE OF tasks SKIP LOCKED
    ) DELETE FROM tasks USING batch WHERE tasks.id = batch.id`
  if (tasks === limit) return limit
  const sessions = await tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT sessions.id FROM sessions JOIN users ON users.id = sessions.user_id
      WHERE users.deletion_due_at < ${before}::timestamptz LIMIT ${limit - tasks} FOR UPDATE OF sessions SKIP LOCKED
    ) DELETE FROM sessions USING batch WHERE sessions.id = batch.id`
  if (tasks + sessions === limit) return limit
  const accounts = await tx.$queryRaw<{ id: string }[]>`
    WITH batch AS MATERIALIZED (
      SELECT id FROM users WHERE deletion_due_at < ${before}::timestamptz
      LIMIT ${limit - tasks - sessions} FOR UPDATE SKIP LOCKED
    ) DELETE FROM users USING batch WHERE users.id = batch.id RETURNING users.id`
  const client = { ipAddress: null, network: 'local', userAgent: null, requestId: randomUUID() }
  await recordAll(
    tx,
    accounts.map(({ id: userId }) => ({ type: 'account_deleted', client, userId })),
  )
  return tasks + sessions + accounts.length
}
