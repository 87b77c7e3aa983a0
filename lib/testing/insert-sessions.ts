import { db } from '#lib/db/client.ts'
import type { TestUser } from './factories.ts'

/** Inserts open sessions, each with an unused refresh token, beyond the limit that log-ins enforce. The first was last seen. */
export async function insertSessions(user: TestUser, count: number, seen = new Date()): Promise<void> {
  await db().$executeRaw`
    WITH made AS (
      INSERT INTO sessions (id, user_id, transport, signed_in_with, created_at, last_seen_at, expires_at)
      SELECT gen_random_uuid(), ${user.id}::uuid, 'bearer', 'password', ${seen}::timestamptz,
             ${seen}::timestamptz - i * interval '1 second', ${seen}::timestamptz + interval '30 days'
      FROM generate_series(1, ${count}::int) AS i
      RETURNING id, expires_at
    )
    INSERT INTO refresh_tokens (id, session_id, token_hash, expires_at)
    SELECT gen_random_uuid(), id, sha256(id::text::bytea), expires_at FROM made`
  await db().$executeRaw`ANALYZE sessions, refresh_tokens`
}
