import type { Tx } from '#lib/db/client.ts'
import type { SessionRevokedReason } from '#lib/db/generated/enums.ts'

/** Covers a session that was revoked alone and one that ended with all of its account's; null if it was not revoked. */
export async function getRevokedReason(tx: Tx, sessionId: string): Promise<SessionRevokedReason | null> {
  const [session] = await tx.$queryRaw<{ reason: SessionRevokedReason | null }[]>`
    SELECT coalesce(sessions.revoked_reason, session_endings.reason)::text AS reason
    FROM sessions LEFT JOIN session_endings USING (user_id, epoch)
    WHERE sessions.id = ${sessionId}::uuid`
  return session?.reason ?? null
}
