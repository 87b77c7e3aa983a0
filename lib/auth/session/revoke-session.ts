import type { Client } from '#lib/actor.ts'
import type { AuthEventInput, EventType } from '#lib/audit/events.ts'
import { recordAll } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import type { SessionRevokedReason } from '#lib/db/generated/enums.ts'

/**
 * Ends a session for good and records it, in the caller's transaction. Effective with the next request,
 * since every entrance reads the session's row.
 * @returns whether it was still open; a second revocation changes nothing, the first reason stays
 */
export async function revokeSession(
  tx: Tx,
  sessionId: string,
  reason: SessionRevokedReason,
  client: Client,
  now?: Date,
  details?: AuthEventInput['details'],
): Promise<boolean> {
  return (await revokeSessions(tx, [sessionId], reason, client, now, details)) > 0
}

/** Likewise, ends those of several sessions that are still open. @returns how many they were */
export async function revokeSessions(
  tx: Tx,
  sessionIds: string[],
  reason: SessionRevokedReason,
  client: Client,
  now = new Date(),
  details: AuthEventInput['details'] = {},
): Promise<number> {
  if (sessionIds.length === 0) return 0
  // Locked in one order. Why not `epoch = session_epoch`: docs/decisions/0019-ending-all-sessions.md, "At least".
  const revoked = await tx.$queryRaw<{ id: string; userId: string }[]>`
    WITH open AS (
      SELECT sessions.id FROM sessions JOIN users ON users.id = sessions.user_id
      WHERE sessions.id = ANY (${sessionIds}::uuid[])
        AND sessions.revoked_at IS NULL AND sessions.epoch >= users.session_epoch
      ORDER BY sessions.id FOR UPDATE OF sessions
    ), revoked AS (
      UPDATE sessions SET revoked_at = ${now}::timestamptz, revoked_reason = ${reason}::"SessionRevokedReason"
      FROM open WHERE sessions.id = open.id RETURNING sessions.id, sessions.user_id
    )
    SELECT id, user_id AS "userId" FROM revoked ORDER BY id`
  const events = revoked.map(({ id, userId }) => ({
    ...{ type: EVENT_OF_REASON[reason], client, userId, sessionId: id },
    ...(reason === 'refresh_token_reused' && { failureReason: reason }),
    details: { ...details, reason },
  }))
  await recordAll(tx, events)
  return revoked.length
}

const EVENT_OF_REASON: Record<SessionRevokedReason, EventType> = {
  logged_out: 'logout',
  logged_out_elsewhere: 'session_revoked',
  replaced: 'session_revoked',
  password_changed: 'session_revoked',
  account_disabled: 'session_revoked',
  refresh_token_reused: 'refresh_token_reused',
  ended_by_operator: 'session_revoked',
  too_many_sessions: 'session_revoked',
}
