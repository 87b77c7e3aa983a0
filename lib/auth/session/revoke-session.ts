import type { Client } from '#lib/actor.ts'
import type { Details, NewEvent, Outcome, Subject } from '#lib/audit/new-event.ts'
import { recordAll } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import type { SessionRevokedReason } from '#lib/db/generated/enums.ts'

/** What the event adds to the reason. */
export type EndDetails = Pick<Details<'session_revoked'>, 'by' | 'by_session'> &
  Pick<Outcome<'refresh_token_reused'>['details'], 'successor_used'>

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
  details?: EndDetails,
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
  details: EndDetails = {},
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
  await recordAll(
    tx,
    revoked.map(({ id, userId }) => endEvent({ client, userId, sessionId: id }, reason, details)),
  )
  return revoked.length
}

function endEvent(subject: Subject, reason: SessionRevokedReason, details: EndDetails): NewEvent {
  if (reason === 'logged_out') return { type: 'logout', ...subject, details: { ...details, reason } }
  if (reason !== 'refresh_token_reused')
    return { type: 'session_revoked', ...subject, details: { ...details, reason } }
  return { type: reason, failureReason: reason, ...subject, details: { ...details, reason } }
}
