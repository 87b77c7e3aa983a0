import type { Tx } from '#lib/db/client.ts'

/** Writes time and reason into sessions that ended by their epoch (docs/decisions/0019-ending-all-sessions.md). */
export async function backfillRevocations(tx: Tx, limit: number): Promise<number> {
  const marked = await tx.$executeRaw`
    UPDATE sessions SET revoked_at = ended.ended_at, revoked_reason = ended.reason FROM (
      SELECT open.id, session_endings.ended_at, session_endings.reason FROM session_endings
      CROSS JOIN LATERAL (
        SELECT id FROM sessions
        WHERE user_id = session_endings.user_id AND epoch = session_endings.epoch AND revoked_at IS NULL
        ORDER BY last_seen_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ) AS open LIMIT ${limit}
    ) AS ended WHERE sessions.id = ended.id`
  if (marked < limit) await deleteMarkedEndings(tx)
  return marked
}

async function deleteMarkedEndings(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM session_endings WHERE (
      SELECT id FROM sessions
      WHERE user_id = session_endings.user_id AND epoch = session_endings.epoch AND revoked_at IS NULL
      ORDER BY last_seen_at, id LIMIT 1
    ) IS NULL`
}
