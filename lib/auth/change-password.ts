import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { confirmPassword, wrongPassword } from './confirm-password.ts'
import { isAbandoned, toBusy } from './password/busy.ts'
import { hashNewPassword } from './password/hash-password.ts'
import { normalisePassword } from './password/normalise-password.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import { describeWeakness } from './password/weakness.ts'
import { replacePassword } from './replace-password.ts'
import type { SignIn } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'

export type ChangePasswordFailure = Failure<'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

type PasswordChange = { currentPassword: string; newPassword: string; signIn: SignIn }

const SAME_PASSWORD = 'Choose a password that differs from the current one.'

/**
 * Ends every session of the account and starts a new one here (ASVS 7.4.3).
 * @returns `INVALID_INPUT` with the field at fault; `RATE_LIMITED`; `BUSY` if the password queue is full
 */
export function changePassword(
  actor: Actor,
  change: PasswordChange,
): Promise<Result<SignedIn, ChangePasswordFailure>> {
  const waiting = { client: actor.client, account: actor.userId, isKnown: true }
  return queuePasswordWork(waiting, (abortSignal) =>
    tryChangePassword({ ...actor, client: { ...actor.client, abortSignal } }, change),
  )
}

async function tryChangePassword(
  actor: Actor,
  { currentPassword, newPassword, signIn }: PasswordChange,
): Promise<Result<SignedIn, ChangePasswordFailure>> {
  if (normalisePassword(newPassword) === normalisePassword(currentPassword))
    return invalidNewPassword(SAME_PASSWORD)

  const confirmed = await confirmPassword(actor, {
    password: currentPassword,
    field: 'current_password',
    failure: { type: 'password_changed', failureReason: 'wrong_password' },
  })
  if (!confirmed.ok) return confirmed
  const { changedAt: verifiedVersion, ofFailure, ofSuccess, ...owner } = confirmed.value
  const hashed = await hashNewPassword(newPassword, owner)
  if (!hashed.ok) {
    await giveBack(db(), [...ofFailure, ...ofSuccess])
    return invalidNewPassword(describeWeakness(hashed.error.weakness))
  }
  if (isAbandoned(actor.client.abortSignal)) {
    await giveBack(db(), [...ofFailure, ...ofSuccess])
    return err(toBusy(0))
  }
  const replaced = await replacePassword(actor, { verifiedVersion, stored: hashed.value, signIn })
  if (!replaced.ok) {
    await giveBack(db(), ofSuccess)
    return err(wrongPassword('current_password'))
  }
  await giveBack(db(), ofFailure)
  return ok(await withAccessToken(replaced.value, signIn.now))
}

function invalidNewPassword(issue: string) {
  return err({ code: 'INVALID_INPUT' as const, details: [{ field: 'new_password', issue }] })
}
