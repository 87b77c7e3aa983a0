import type { AuthEventInput, Client, EventType } from '#lib/audit/events'
import { record } from '#lib/audit/record'
import type { Tx } from '#lib/db/client'
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
  now = new Date(),
  details: AuthEventInput['details'] = {},
): Promise<boolean> {
  const [revoked] = await tx.session.updateManyAndReturn({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now, revokedReason: reason },
    select: { userId: true },
  })
  if (!revoked) return false
  await record(tx, {
    type: EVENT_OF_REASON[reason],
    client,
    userId: revoked.userId,
    sessionId,
    ...(reason === 'refresh_token_reused' && { failureReason: reason }),
    details: { ...details, reason },
  })
  return true
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
