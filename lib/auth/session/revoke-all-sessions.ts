import type { Client } from '#lib/audit/events'
import type { Tx } from '#lib/db/client'
import type { SessionRevokedReason } from '#lib/db/generated/enums'
import { revokeSession } from './revoke-session'

/** Locks a user's row: whatever starts or ends sessions of an account as a whole takes this lock first (design 4). */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`
}

/** Ends every open session of a user whose row the transaction has locked, so that no new one can appear meanwhile. */
export async function revokeAllSessions(
  tx: Tx,
  userId: string,
  reason: SessionRevokedReason,
  client: Client,
  now = new Date(),
): Promise<void> {
  const open = await tx.session.findMany({
    where: { userId, revokedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of open) await revokeSession(tx, id, reason, client, now)
}
