import type { Operator } from '#lib/actor.ts'
import { keepAdministrator } from '#lib/auth/keep-administrator.ts'
import type { Tx } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

type Removal = {
  operator: Operator
  userId: string
  account: { role: 'user' | 'admin'; disabledAt: Date | null }
}

/**
 * Call it before taking administrator rights from an account.
 * @returns `OWN_ACCOUNT` if administrators would remove their own rights; `LAST_ADMIN` if no other one can log in
 */
export async function preventLockOut(
  tx: Tx,
  { operator, userId, account }: Removal,
): Promise<Result<null, Failure<'OWN_ACCOUNT' | 'LAST_ADMIN'>>> {
  if (operator.userId === userId.toLowerCase()) return err({ code: 'OWN_ACCOUNT' })
  return account.disabledAt ? ok(null) : keepAdministrator(tx, { userId, role: account.role })
}
