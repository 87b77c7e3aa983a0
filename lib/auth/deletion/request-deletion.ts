import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { confirmPassword, wrongPassword } from '#lib/auth/confirm-password.ts'
import { requireSettledEmail } from '#lib/auth/email-change/require-settled-email.ts'
import { keepAdministrator } from '#lib/auth/keep-administrator.ts'
import { lockConfirmedAccount } from '#lib/auth/lock-confirmed-account.ts'
import { isAbandoned, toBusy } from '#lib/auth/password/busy.ts'
import { queuePasswordWork } from '#lib/auth/password/password-queue.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { scheduleDeletion } from './schedule-deletion.ts'

export type RequestDeletionFailure = Failure<
  'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY' | 'LAST_ADMIN' | 'EMAIL_CHANGED_RECENTLY'
>

type DeletionRequest = { password: string; now: Date }

/**
 * Ends every session of the account. A log-in before the returned time keeps the account.
 * @returns `INVALID_INPUT` with the field `password`; `EMAIL_CHANGED_RECENTLY`; `LAST_ADMIN`; `RATE_LIMITED`; `BUSY` if the password queue is full
 */
export function requestDeletion(
  actor: Actor,
  request: DeletionRequest,
): Promise<Result<Date, RequestDeletionFailure>> {
  const waiting = { client: actor.client, account: actor.userId, isKnown: true }
  return queuePasswordWork(waiting, (abortSignal) =>
    tryRequestDeletion({ ...actor, client: { ...actor.client, abortSignal } }, request),
  )
}

async function tryRequestDeletion(
  actor: Actor,
  { password, now }: DeletionRequest,
): Promise<Result<Date, RequestDeletionFailure>> {
  const type = 'account_deletion_requested'
  const confirmed = await confirmPassword(actor, {
    password,
    field: 'password',
    failure: { type, failureReason: 'wrong_password' },
  })
  if (!confirmed.ok) return confirmed
  const { client, userId, sessionId } = actor
  const { changedAt, ofFailure } = confirmed.value
  await giveBack(db(), ofFailure)
  if (isAbandoned(actor.client.abortSignal)) return err(toBusy(0))
  return db().$transaction(async (tx) => {
    const account = await lockConfirmedAccount(tx, actor, changedAt)
    if (!account) return err(wrongPassword('password'))
    const settled = await requireSettledEmail(tx, { userId, now })
    if (!settled.ok) {
      await record(tx, { type, client, userId, sessionId, failureReason: 'email_changed_recently' })
      return settled
    }
    const allowed = await keepAdministrator(tx, { userId, role: account.role })
    if (!allowed.ok) {
      await record(tx, { type, client, userId, sessionId, failureReason: 'last_admin' })
      return allowed
    }
    const dueAt = await scheduleDeletion(tx, { userId, client, now })
    await record(tx, { type, client, userId, sessionId })
    return ok(dueAt)
  })
}
