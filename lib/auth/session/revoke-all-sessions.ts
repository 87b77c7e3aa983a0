import type { Actor, AuthEventInput, Client } from '#lib/audit/events'
import type { Tx } from '#lib/db/client'
import type { SessionRevokedReason } from '#lib/db/generated/enums'
import { revokeSessions } from './revoke-session.ts'

/**
 * Locks a user's row: whatever starts or ends sessions of an account as a whole takes this lock first (design 4).
 * @returns whether there is such a user
 */
export async function lockUser(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`
  return rows.length > 0
}

/**
 * Ends every open session of a user whose row the transaction has locked, so that no new one can appear meanwhile.
 * @returns how many they were
 */
export function revokeAllSessions(
  tx: Tx,
  userId: string,
  reason: SessionRevokedReason,
  client: Client,
  now?: Date,
  details?: AuthEventInput['details'],
): Promise<number> {
  return revokeSessions(tx, { userId }, reason, client, now, details)
}

/** Likewise, ends all of the actor's sessions but the one he acts by, which the events name. */
export function revokeOtherSessions(
  tx: Tx,
  { userId, sessionId, client }: Actor,
  now?: Date,
): Promise<number> {
  const others = { userId, id: { not: sessionId } }
  return revokeSessions(tx, others, 'logged_out_elsewhere', client, now, { by_session: sessionId })
}
