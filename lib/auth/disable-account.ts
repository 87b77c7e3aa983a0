import type { Client } from '#lib/audit/events'
import { record } from '#lib/audit/record'
import { db } from '#lib/db/client'
import { lockUser, revokeAllSessions } from './session/revoke-all-sessions'

/**
 * Disables an account and ends all its sessions at once; no log-in in flight survives.
 * @returns whether the account was enabled until now
 */
export async function disableAccount(userId: string, client: Client, now = new Date()): Promise<boolean> {
  return db().$transaction(async (tx) => {
    await lockUser(tx, userId)
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: null },
      data: { disabledAt: now },
    })
    if (count === 0) return false
    await record(tx, { type: 'account_disabled', client, userId })
    await revokeAllSessions(tx, userId, 'account_disabled', client, now)
    return true
  })
}
