import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import type { TypedOutcome } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import { db, type Tx } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'

type LockedAccount = {
  role: 'user' | 'admin'
  disabledAt: Date | null
  passwordChangeRequiredAt: Date | null
  deletionDueAt: Date | null
}

const REASONS = { OWN_ACCOUNT: 'own_account', LAST_ADMIN: 'last_admin' } as const

type Refusal = keyof typeof REASONS

type AccountChange<Code extends Refusal> = {
  event: (
    details: { by: string; unchanged?: boolean },
    failureReason?: (typeof REASONS)[Refusal],
  ) => TypedOutcome
  /** Decides and writes while the account is locked. Returns whether anything had to change. */
  apply: (tx: Tx, account: LockedAccount) => Promise<Result<boolean, Failure<Code>>>
  endSessions?: 'account_disabled' | 'ended_by_operator'
  now: Date
}

/**
 * Changes one account in a transaction that locks its row. Every attempt leaves an event that names the operator in
 * `by`, including refused ones and those that change nothing (`unchanged`).
 * @returns whether anything changed; `USER_NOT_FOUND`; or the failure of `apply`
 */
export async function changeAccount<Code extends Refusal = never>(
  operator: Operator,
  userId: string,
  { event, apply, endSessions, now }: AccountChange<Code>,
): Promise<Result<boolean, Failure<'USER_NOT_FOUND' | Code>>> {
  if (!isUuid(userId)) return err({ code: 'USER_NOT_FOUND' })
  const { client } = operator
  return db().$transaction(async (tx) => {
    const [account] = await tx.$queryRaw<LockedAccount[]>`
      SELECT role::text, disabled_at AS "disabledAt", password_change_required_at AS "passwordChangeRequiredAt",
             deletion_due_at AS "deletionDueAt"
      FROM users WHERE id = ${userId}::uuid FOR UPDATE`
    if (!account) return err({ code: 'USER_NOT_FOUND' })
    const by = operatorName(operator)
    const changed = await apply(tx, account)
    if (!changed.ok) {
      await record(tx, { ...event({ by }, REASONS[changed.error.code]), client, userId })
      return changed
    }
    const details = changed.value ? { by } : { by, unchanged: true }
    await record(tx, { ...event(details), client, userId })
    if (endSessions)
      await revokeAllSessions(tx, { userId, reason: endSessions, client, now, details: { by } })
    return ok(changed.value)
  })
}
