import type { Client } from '#lib/actor.ts'
import type { Details, NewEvent, Outcome, Subject } from '#lib/audit/new-event.ts'
import { recordAll } from '#lib/audit/record.ts'
import type { SessionRevokedReason } from '#lib/db/generated/enums.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'

export type Revocation<Reason extends SessionRevokedReason = SessionRevokedReason> = {
  reason: Reason
  client: Client
  now: Date
  details?: Pick<Details<'session_revoked'>, 'by' | 'by_session'> &
    Pick<Outcome<'refresh_token_reused'>['details'], 'successor_used'>
}

/** Takes effect with the next request. @returns false for a session that has ended: its first reason stays */
export async function revokeSession(
  tx: SqlTx,
  { sessionId, ...revocation }: Revocation & { sessionId: string },
): Promise<boolean> {
  return (await revokeSessions(tx, { sessionIds: [sessionId], ...revocation })) > 0
}

/** @returns how many of the sessions were still open */
export async function revokeSessions(
  tx: SqlTx,
  { sessionIds, reason, client, now, details = {} }: Revocation & { sessionIds: string[] },
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
    revoked.map(({ id, userId }) => toEvent({ client, userId, sessionId: id }, { reason, details })),
  )
  return revoked.length
}

function toEvent(subject: Subject, { reason, details }: Pick<Revocation, 'reason' | 'details'>): NewEvent {
  if (reason === 'logged_out') return { type: 'logout', ...subject, details: { ...details, reason } }
  if (reason !== 'refresh_token_reused')
    return { type: 'session_revoked', ...subject, details: { ...details, reason } }
  return { type: reason, failureReason: reason, ...subject, details: { ...details, reason } }
}
