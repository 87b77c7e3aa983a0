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
}

/** Why a change is refused, as the audit trail records it. */
const REASONS = { OWN_ACCOUNT: 'own_account', LAST_ADMIN: 'last_admin' } as const

type Refusal = keyof typeof REASONS

type AccountChange<Code> = {
  /** The event of the change, or of its refusal. */
  event: (
    details: { by: string; unchanged?: boolean },
    failureReason?: (typeof REASONS)[Refusal],
  ) => TypedOutcome
  /** Decides and writes under the lock. @returns whether anything had to change, or why it must not */
  apply: (tx: Tx, account: LockedAccount) => Promise<Result<boolean, Code>>
  /** Ends all sessions of the account, for this reason. */
  endSessions?: 'account_disabled' | 'ended_by_operator'
}

/**
 * An operator's change of one account, in one transaction under the user's lock (design 4: user, session, token).
 * Whatever the operator does leaves an event with his name in `by`: a refusal, and what changed nothing (`unchanged`), too.
 * @returns whether anything changed; `USER_NOT_FOUND`; or what `apply` refuses with
 */
export async function changeAccount<Code extends Refusal = never>(
  operator: Operator,
  userId: string,
  { event, apply, endSessions }: AccountChange<Code>,
  now: Date,
): Promise<Result<boolean, Failure<'USER_NOT_FOUND' | Code>>> {
  if (!isUuid(userId)) return err({ code: 'USER_NOT_FOUND' })
  const { client } = operator
  return db().$transaction(async (tx) => {
    const [account] = await tx.$queryRaw<LockedAccount[]>`
      SELECT role::text, disabled_at AS "disabledAt", password_change_required_at AS "passwordChangeRequiredAt"
      FROM users WHERE id = ${userId}::uuid FOR UPDATE`
    if (!account) return err({ code: 'USER_NOT_FOUND' })
    const by = operatorName(operator)
    const changed = await apply(tx, account)
    if (!changed.ok) {
      await record(tx, { ...event({ by }, REASONS[changed.error]), client, userId }, now)
      return err({ code: changed.error })
    }
    const details = changed.value ? { by } : { by, unchanged: true }
    await record(tx, { ...event(details), client, userId }, now)
    if (endSessions) await revokeAllSessions(tx, userId, endSessions, client, now, { by })
    return ok(changed.value)
  })
}
