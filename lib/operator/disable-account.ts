import type { Operator } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { ok, type Result } from '#lib/result.ts'
import { changeAccount } from './change-account.ts'
import { preventLockOut } from './prevent-lock-out.ts'

/** Ends all sessions, including those of log-ins in progress. @returns whether the account was enabled before */
export function disableAccount(
  operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<Result<boolean, Failure<'USER_NOT_FOUND' | 'OWN_ACCOUNT' | 'LAST_ADMIN'>>> {
  return changeAccount(operator, userId, {
    event: (details, failureReason) => ({ type: 'account_disabled', failureReason, details }),
    endSessions: 'account_disabled',
    now,
    apply: async (tx, account) => {
      const allowed = await preventLockOut(tx, { operator, userId, account })
      if (!allowed.ok) return allowed
      if (account.disabledAt) return ok(false)
      const { email, timeZone } = await tx.user.update({
        where: { id: userId },
        data: { disabledAt: now },
        select: { email: true, timeZone: true },
      })
      // Log-in and the reset of a password do not show it. Without a link, which would not work.
      const values = { at: now, timeZone, client: null }
      await queueMail(tx, { kind: 'account_disabled', to: email, userId, values })
      return ok(true)
    },
  })
}
