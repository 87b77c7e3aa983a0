import type { Operator } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'
import { preventLockOut } from './prevent-lock-out.ts'

/**
 * Gives an account a role, which counts from its next request on: every request reads it anew (ASVS 8.3.2).
 * @returns whether it had another one until now; `USER_NOT_FOUND`; `OWN_ACCOUNT`; `LAST_ADMIN`
 */
export function changeRole(
  operator: Operator,
  userId: string,
  role: 'user' | 'admin',
  now = new Date(),
): Promise<Result<boolean, Failure<'USER_NOT_FOUND' | 'OWN_ACCOUNT' | 'LAST_ADMIN'>>> {
  return changeAccount(
    operator,
    userId,
    {
      event: (details, failureReason) => ({
        type: 'role_changed',
        failureReason,
        details: { role, ...details },
      }),
      apply: async (tx, account) => {
        if (account.role === role) return ok(false)
        const allowed = role === 'admin' ? ok(null) : await preventLockOut(tx, operator, userId, account)
        if (!allowed.ok) return allowed
        await tx.user.update({ where: { id: userId }, data: { role }, select: { id: true } })
        return ok(true)
      },
    },
    now,
  )
}
