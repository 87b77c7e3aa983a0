import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { confirmPassword, wrongPassword } from '#lib/auth/confirm-password.ts'
import { lockConfirmedAccount } from '#lib/auth/lock-confirmed-account.ts'
import { isAbandoned, toBusy } from '#lib/auth/password/busy.ts'
import { queuePasswordWork } from '#lib/auth/password/password-queue.ts'
import { notifyOwner } from '#lib/auth/recovery/notify-owner.ts'
import { throttle } from '#lib/auth/throttle.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import type { Notice } from '#lib/mail/notice.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { requireSettledEmail } from './require-settled-email.ts'
import { sendChangeLink } from './send-change-link.ts'

export type RequestEmailChangeFailure = Failure<
  'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY' | 'EMAIL_CHANGED_RECENTLY'
>

/** @param email normalised */
type ChangeRequest = { email: string; password: string; now: Date }

const SAME_EMAIL = 'This is your email already.'

/**
 * Mails a link to the new address and notifies the present one. Nothing changes before the link is used.
 * @returns `INVALID_INPUT` with the field `email` or `password`, never because the address is taken;
 *   `EMAIL_CHANGED_RECENTLY`; `RATE_LIMITED`; `BUSY` if the password queue is full
 */
export function requestEmailChange(
  actor: Actor,
  request: ChangeRequest,
): Promise<Result<null, RequestEmailChangeFailure>> {
  const waiting = { client: actor.client, account: actor.userId, isKnown: true }
  return queuePasswordWork(waiting, (abortSignal) =>
    tryRequestEmailChange({ ...actor, client: { ...actor.client, abortSignal } }, request),
  )
}

async function tryRequestEmailChange(
  actor: Actor,
  { email, password, now }: ChangeRequest,
): Promise<Result<null, RequestEmailChangeFailure>> {
  const { client, userId, sessionId } = actor
  const type = 'email_change_requested'
  const failure = { type, failureReason: 'wrong_password' } as const
  const confirmed = await confirmPassword(actor, { password, field: 'password', failure })
  if (!confirmed.ok) return confirmed
  const { changedAt, ofFailure } = confirmed.value
  await giveBack(db(), ofFailure)
  if (isAbandoned(actor.client.abortSignal)) return err(toBusy(0))
  if (confirmed.value.email === email)
    return err({ code: 'INVALID_INPUT', details: [{ field: 'email', issue: SAME_EMAIL }] })
  const points = await throttleChange(actor, email)
  if (!points.ok) return points
  return db().$transaction(async (tx) => {
    const account = await lockConfirmedAccount(tx, actor, changedAt)
    if (!account) return err(wrongPassword('password'))
    const settled = await requireSettledEmail(tx, { userId, now })
    if (!settled.ok) {
      await record(tx, { type, client, userId, sessionId, failureReason: 'changed_recently' })
      return settled
    }
    await sendChangeLink(tx, { userId, email, now })
    const toMail = (notice: Notice) =>
      ({ kind: 'email_change_requested', values: { ...notice, email } }) as const
    await notifyOwner(tx, { userId, client, now, toMail })
    await record(tx, { type, client, userId, sessionId })
    return ok(null)
  })
}

/** @returns `RATE_LIMITED`, whether the address has an account or not */
export function throttleChange({ client, userId, sessionId }: Actor, email: string) {
  const buckets = [
    makeBucket('email.change', userId),
    makeBucket('email.address', client.network),
    makeBucket('email.recipient', email),
  ]
  return throttle(buckets, { client, userId, sessionId })
}
