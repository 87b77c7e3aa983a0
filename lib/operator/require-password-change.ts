import type { Operator } from '#lib/actor.ts'
import { notifyOwner } from '#lib/auth/recovery/notify-owner.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'

/**
 * Ends all sessions of an account. After the next log-in, the account can only change its password. A thief who knows
 * the old password can do that as well (docs/decisions/0015-operators.md).
 * @returns false if the change was required before; `USER_NOT_FOUND`
 */
export function requirePasswordChange(
  operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<Result<boolean, Failure<'USER_NOT_FOUND'>>> {
  return changeAccount<never>(operator, userId, {
    event: (details) => ({ type: 'password_change_required', details }),
    endSessions: 'ended_by_operator',
    now,
    apply: async (tx, { passwordChangeRequiredAt }) => {
      if (passwordChangeRequiredAt) return ok(false)
      const data = { passwordChangeRequiredAt: now }
      await tx.user.update({ where: { id: userId }, data, select: { id: true } })
      await notifyOwner(tx, {
        userId,
        client: null,
        now,
        toMail: (values) => ({ kind: 'sessions_ended', values: { ...values, mustChangePassword: true } }),
      })
      return ok(true)
    },
  })
}
