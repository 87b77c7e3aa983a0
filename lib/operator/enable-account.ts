import type { Operator } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'

/** Ended sessions stay ended. @returns whether the account was disabled before; `USER_NOT_FOUND` */
export function enableAccount(
  operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<Result<boolean, Failure<'USER_NOT_FOUND'>>> {
  return changeAccount<never>(operator, userId, {
    event: (details) => ({ type: 'account_enabled', details }),
    now,
    apply: async (tx, { disabledAt }) => {
      if (!disabledAt) return ok(false)
      await tx.user.update({ where: { id: userId }, data: { disabledAt: null }, select: { id: true } })
      return ok(true)
    },
  })
}
