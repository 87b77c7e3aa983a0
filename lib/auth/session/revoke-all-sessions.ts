import type { Actor, AuthEventInput, Client } from '#lib/audit/events'
import type { Tx } from '#lib/db/client'
import type { SessionRevokedReason } from '#lib/db/generated/enums'
import { revokeSession } from './revoke-session.ts'

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
export async function revokeAllSessions(
  tx: Tx,
  userId: string,
  reason: SessionRevokedReason,
  client: Client,
  now = new Date(),
  details: AuthEventInput['details'] = {},
): Promise<number> {
  const open = await tx.session.findMany({
    where: { userId, revokedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  let ended = 0
  for (const { id } of open) if (await revokeSession(tx, id, reason, client, now, details)) ended++
  return ended
}

/** Likewise, ends all of the actor's sessions but the one he acts by. */
export async function revokeOtherSessions(
  tx: Tx,
  { userId, sessionId, client }: Actor,
  now = new Date(),
): Promise<void> {
  const others = await tx.session.findMany({
    where: { userId, revokedAt: null, id: { not: sessionId } },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of others) await revokeSession(tx, id, 'logged_out_elsewhere', client, now)
}
