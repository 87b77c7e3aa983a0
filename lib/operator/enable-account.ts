import type { Operator } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'

/**
 * Lets a disabled account log in again. What ended with the disabling stays ended.
 * @returns whether it was disabled until now; `USER_NOT_FOUND`
 */
export function enableAccount(
  operator: Operator,
  userId: string,
  now = new Date(),
): Promise<Result<boolean, Failure<'USER_NOT_FOUND'>>> {
  return changeAccount<never>(
    operator,
    userId,
    {
      event: (details) => ({ type: 'account_enabled', details }),
      apply: async (tx, { disabledAt }) => {
        if (!disabledAt) return ok(false)
        await tx.user.update({ where: { id: userId }, data: { disabledAt: null }, select: { id: true } })
        return ok(true)
      },
    },
    now,
  )
}
