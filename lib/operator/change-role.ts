import type { Operator } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'
import { preventLockOut } from './prevent-lock-out.ts'

/** Takes effect with the account's next request, which reads the role again (ASVS 8.3.2). @returns whether it changed */
export function changeRole(
  operator: Operator,
  userId: string,
  { role, now }: { role: 'user' | 'admin'; now: Date },
): Promise<Result<boolean, Failure<'USER_NOT_FOUND' | 'OWN_ACCOUNT' | 'LAST_ADMIN'>>> {
  return changeAccount(operator, userId, {
    event: (details, failureReason) => ({
      type: 'role_changed',
      failureReason,
      details: { role, ...details },
    }),
    now,
    apply: async (tx, account) => {
      if (account.role === role) return ok(false)
      const allowed = role === 'admin' ? ok(null) : await preventLockOut(tx, { operator, userId, account })
      if (!allowed.ok) return allowed
      await tx.user.update({ where: { id: userId }, data: { role }, select: { id: true } })
      return ok(true)
    },
  })
}
