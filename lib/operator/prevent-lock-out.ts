import type { Operator } from '#lib/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import { takeLock } from '#lib/db/locks.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * Refuses what would leave nobody to run the instance: an administrator taking away his own rights, and anybody taking
 * those of the last administrator who can log in. One such change at a time, so that two administrators who demote each
 * other at once leave one.
 */
export async function preventLockOut(
  tx: Tx,
  operator: Operator,
  userId: string,
  account: { role: 'user' | 'admin'; disabledAt: Date | null },
): Promise<Result<null, 'OWN_ACCOUNT' | 'LAST_ADMIN'>> {
  if (operator.userId === userId.toLowerCase()) return err('OWN_ACCOUNT')
  if (account.role !== 'admin' || account.disabledAt) return ok(null)
  await takeLock(tx, 'lastAdministrator')
  const others = await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: userId } } })
  return others > 0 ? ok(null) : err('LAST_ADMIN')
}
