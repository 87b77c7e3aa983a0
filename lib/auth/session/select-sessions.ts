import { Prisma } from '#lib/db/generated/client.ts'

/** Bounds one read. At most 100 sessions are active, so that the others have expired. */
const ROWS_LIMIT = 1_000

/** Those last seen first, from one range of `sessions_open_idx`. @param userId SQL of type uuid */
export function selectUnrevokedSessions(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT * FROM sessions
    WHERE user_id = ${userId} AND revoked_at IS NULL AND epoch = (SELECT session_epoch FROM users WHERE id = ${userId})
    ORDER BY last_seen_at DESC, id DESC LIMIT ${ROWS_LIMIT}`
}

export function selectActiveSessions(userId: Prisma.Sql, now: Date): Prisma.Sql {
  // With EXISTS instead of `LIMIT 1` the planner may read the tokens of all accounts.
  return Prisma.sql`
    SELECT open.* FROM (${selectUnrevokedSessions(userId)}) AS open
    CROSS JOIN LATERAL (
      SELECT 1 FROM refresh_tokens
      WHERE session_id = open.id AND rotated_at IS NULL AND refresh_tokens.expires_at > ${now}::timestamptz LIMIT 1
    ) AS unused
    WHERE expires_at > ${now}::timestamptz`
}
