import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db, type Tx } from '#lib/db/client.ts'

/** Cancels a change whose link was not used yet. @returns whether there was one */
export function cancelEmailChange({ client, userId, sessionId }: Actor): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const isCancelled = await dropPendingChange(tx, userId)
    if (isCancelled) await record(tx, { type: 'email_change_cancelled', client, userId, sessionId })
    return isCancelled
  })
}

/** @returns whether there was one */
export async function dropPendingChange(tx: Tx, userId: string): Promise<boolean> {
  const { count } = await tx.accountLink.deleteMany({ where: { userId, purpose: 'change_email' } })
  return count > 0
}
