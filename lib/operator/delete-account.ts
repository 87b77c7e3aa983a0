import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { scheduleDeletion } from '#lib/auth/deletion/schedule-deletion.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'
import { preventLockOut } from './prevent-lock-out.ts'

/** The account is deleted after seven days, unless it logs in before. @returns whether it was to be kept until now */
export function deleteAccount(
  operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<Result<boolean, Failure<'USER_NOT_FOUND' | 'OWN_ACCOUNT' | 'LAST_ADMIN'>>> {
  return changeAccount(operator, userId, {
    event: (details, failureReason) => ({ type: 'account_deletion_ordered', failureReason, details }),
    now,
    apply: async (tx, account) => {
      const allowed = await preventLockOut(tx, { operator, userId, account })
      if (!allowed.ok) return allowed
      if (account.deletionDueAt) return ok(false)
      await scheduleDeletion(tx, { userId, client: operator.client, by: operatorName(operator), now })
      return ok(true)
    },
  })
}
