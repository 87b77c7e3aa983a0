import type { AuthEventInput, Client, EventType } from '#lib/audit/events'
import { recordAll } from '#lib/audit/record'
import type { Tx } from '#lib/db/client'
import type { Prisma } from '#lib/db/generated/client'
import type { SessionRevokedReason } from '#lib/db/generated/enums'

/**
 * Ends a session for good and records it, in the caller's transaction. Effective with the next request,
 * since every entrance reads the session's row.
 * @returns whether it was still open; a second revocation changes nothing, the first reason stands
 */
export async function revokeSession(
  tx: Tx,
  sessionId: string,
  reason: SessionRevokedReason,
  client: Client,
  now?: Date,
  details?: AuthEventInput['details'],
): Promise<boolean> {
  return (await revokeSessions(tx, { id: sessionId }, reason, client, now, details)) > 0
}

/** Likewise, ends all open sessions of which the condition is true. @returns how many they were */
export async function revokeSessions(
  tx: Tx,
  which: Prisma.SessionWhereInput,
  reason: SessionRevokedReason,
  client: Client,
  now = new Date(),
  details: AuthEventInput['details'] = {},
): Promise<number> {
  const revoked = await tx.session.updateManyAndReturn({
    where: { ...which, revokedAt: null },
    data: { revokedAt: now, revokedReason: reason },
    select: { id: true, userId: true },
  })
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
}
