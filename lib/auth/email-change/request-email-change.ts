import type { Actor, Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { confirmPassword, wrongPassword } from '#lib/auth/confirm-password.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { lockConfirmedAccount } from '#lib/auth/lock-confirmed-account.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { queuePasswordWork } from '#lib/auth/password/password-queue.ts'
import { throttle } from '#lib/auth/throttle.ts'
import { db, type Tx } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
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
  return queuePasswordWork(waiting, () => tryRequestEmailChange(actor, request))
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
    await notify(tx, { to: account.email, userId, values: { email, client, at: now } })
    await record(tx, { type, client, userId, sessionId })
    return ok(null)
  })
}

type Notice = { to: string; userId: string; values: { email: string; client: Client; at: Date } }

async function notify(tx: Tx, { to, userId, values }: Notice): Promise<void> {
  const token = newToken()
  const mail = { kind: 'email_change_requested', to, userId, values: { ...values, token } } as const
  // A recipient with too many of these knows already.
  if (!(await queueMail(tx, mail)).ok) return
  await createLink(tx, { userId, purpose: 'secure_account', token, email: to, now: values.at })
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
