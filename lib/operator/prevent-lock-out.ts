import type { Operator } from '#lib/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import { takeLock } from '#lib/db/locks.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

type Removal = {
  operator: Operator
  userId: string
  account: { role: 'user' | 'admin'; disabledAt: Date | null }
}

/**
 * Ensures that an administrator remains who can log in. Call it before taking administrator rights from an account.
 * The lock lets one such change through at a time, so two administrators who demote each other leave one.
 * @returns `OWN_ACCOUNT` if administrators would remove their own rights; `LAST_ADMIN` if no other one can log in
 */
export async function preventLockOut(
  tx: Tx,
  { operator, userId, account }: Removal,
): Promise<Result<null, Failure<'OWN_ACCOUNT' | 'LAST_ADMIN'>>> {
  if (operator.userId === userId.toLowerCase()) return err({ code: 'OWN_ACCOUNT' })
  if (account.role !== 'admin' || account.disabledAt) return ok(null)
  await takeLock(tx, 'lastAdministrator')
  const others = await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: userId } } })
  return others > 0 ? ok(null) : err({ code: 'LAST_ADMIN' })
}
