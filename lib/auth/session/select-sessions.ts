import { Prisma } from '#lib/db/generated/client.ts'

/** How many rows one read of an account's sessions looks at: with 100 active ones at most, the others are the idle. */
const LOOKS_AT = 1_000

/**
 * Selects the sessions of an account that were not ended, those seen last first. One range of `sessions_open_idx`,
 * whatever the account has gathered.
 * @param userId SQL of type uuid
 */
export function selectUnrevokedSessions(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT * FROM sessions
    WHERE user_id = ${userId} AND revoked_at IS NULL AND epoch = (SELECT session_epoch FROM users WHERE id = ${userId})
    ORDER BY last_seen_at DESC, id DESC LIMIT ${LOOKS_AT}`
}

/**
 * Selects those of them that can still do or renew something: neither session nor unused token has expired. `LIMIT 1`
 * makes the planner look up a token per session; for EXISTS it may read the tokens of all accounts.
 */
export function selectActiveSessions(userId: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT open.* FROM (${selectUnrevokedSessions(userId)}) AS open
    CROSS JOIN LATERAL (
      SELECT 1 FROM refresh_tokens
      WHERE session_id = open.id AND rotated_at IS NULL AND refresh_tokens.expires_at > ${now}::timestamptz LIMIT 1
    ) AS unused
    WHERE expires_at > ${now}::timestamptz`
}
