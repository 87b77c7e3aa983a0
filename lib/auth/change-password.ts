import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { hashNewPassword } from './password/hash-password.ts'
import { normalisePassword } from './password/normalise-password.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import { verifyPassword } from './password/verify-password.ts'
import { describeWeakness } from './password/weakness.ts'
import { replacePassword } from './replace-password.ts'
import type { SignIn } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'
import { throttle } from './throttle.ts'

export type ChangePasswordFailure = Failure<'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

type PasswordChange = { currentPassword: string; newPassword: string; signIn: SignIn }

const OWNER = { select: { email: true, name: true } } as const
const SAME_PASSWORD = 'Choose a password that differs from the current one.'
const WRONG_PASSWORD = 'This is not your current password.'

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
  const { client, userId, sessionId } = actor
  if (normalisePassword(newPassword) === normalisePassword(currentPassword))
    return invalid('new_password', SAME_PASSWORD)

  // Failures count per session: a thief in one cannot use up the owner's tries in another.
  const failure = makeBucket('password.change', sessionId)
  const points = await throttle([failure, makeBucket('password.work', userId)], { client, userId, sessionId })
  if (!points.ok) return points
  const ofFailure = points.value.filter(({ key }) => key === failure.key)
  const ofSuccess = points.value.filter(({ key }) => key !== failure.key)

  const current = await db().password.findUnique({ where: { userId }, include: { user: OWNER } })
  const { matches } = await verifyPassword(currentPassword, current)
  if (!current || !matches) {
    const failureReason = 'wrong_password'
    await record(db(), { type: 'password_changed', client, userId, sessionId, failureReason })
    await giveBack(db(), ofSuccess)
    return invalid('current_password', WRONG_PASSWORD)
  }
  const hashed = await hashNewPassword(newPassword, current.user)
  if (!hashed.ok) {
    await giveBack(db(), points.value)
    return invalid('new_password', describeWeakness(hashed.error.weakness))
  }
  if (client.abortSignal?.aborted) {
    await giveBack(db(), points.value)
    return err({ code: 'BUSY', retryAfterSeconds: 1 })
  }
  const replaced = await replacePassword(actor, {
    verifiedVersion: current.changedAt,
    stored: hashed.value,
    signIn,
  })
  if (!replaced.ok) {
    await giveBack(db(), ofSuccess)
    return invalid('current_password', WRONG_PASSWORD)
  }
  await giveBack(db(), ofFailure)
  return ok(await withAccessToken(replaced.value, signIn.now))
}

function invalid(field: string, issue: string) {
  return err({ code: 'INVALID_INPUT' as const, details: [{ field, issue }] })
}
