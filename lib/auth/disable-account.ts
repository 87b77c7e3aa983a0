import type { Client } from '#lib/audit/events'
import { record } from '#lib/audit/record'
import { db, type Tx } from '#lib/db/client'
import { revokeSession } from './session/revoke-session'

/**
 * Disables an account and ends all its sessions at once. Takes the user's lock, which every log-in takes too:
 * none that is in flight survives.
 * @returns whether the account was enabled until now
 */
export async function disableAccount(userId: string, client: Client, now = new Date()): Promise<boolean> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: null },
      data: { disabledAt: now },
    })
    if (count === 0) return false
    await record(tx, { type: 'account_disabled', client, userId })
    await revokeAllSessions(tx, userId, client, now)
    return true
  })
}

async function revokeAllSessions(tx: Tx, userId: string, client: Client, now: Date): Promise<void> {
  const open = await tx.session.findMany({
    where: { userId, revokedAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of open) await revokeSession(tx, id, 'account_disabled', client, now)
}
