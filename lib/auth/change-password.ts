import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume, giveBack } from '#lib/throttle/consume.ts'
import { rememberDevice } from './known-device.ts'
import { hashNewPassword } from './password/hash-password.ts'
import { normalisePassword } from './password/normalise-password.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import { verifyPassword } from './password/verify-password.ts'
import { describeWeakness } from './password/weakness.ts'
import { recordThrottled } from './record-throttled.ts'
import { getRevokedReason } from './session/get-revoked-reason.ts'
import { lockUser, revokeAllSessions } from './session/revoke-all-sessions.ts'
import { type SignIn, startSession } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'

export type ChangePasswordFailure = Failure<'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

type Passwords = { currentPassword: string; newPassword: string }

const OWNER = { select: { email: true, name: true } } as const
const SAME_PASSWORD_ISSUE = 'Choose a password that differs from the current one.'

/**
 * Changes the actor's password, ends every session, this one included, forgets the known devices, and starts a new
 * session here (ASVS 7.4.3). What an operator required is done with it.
 * @returns the new session's tokens; `INVALID_INPUT` naming the field for a wrong current, or an unchanged or weak new password;
 *   `RATE_LIMITED`; `BUSY` when its turn would not come in time
 */
export function changePassword(
  actor: Actor,
  passwords: Passwords,
  signIn: SignIn,
  now?: Date,
): Promise<Result<SignedIn, ChangePasswordFailure>> {
  const waiting = { client: actor.client, account: actor.userId, isKnown: true }
  return queuePasswordWork(waiting, () => changePasswordNow(actor, passwords, signIn, now))
}

async function changePasswordNow(
  actor: Actor,
  { currentPassword, newPassword }: Passwords,
  signIn: SignIn,
  now?: Date,
): Promise<Result<SignedIn, ChangePasswordFailure>> {
  const { client, userId, sessionId } = actor
  if (normalisePassword(newPassword) === normalisePassword(currentPassword))
    return invalid('new_password', SAME_PASSWORD_ISSUE)

  // A thief in one session cannot use up the tries of the owner in another.
  const failure = makeBucket('password.change', sessionId)
  const points = await db().$transaction((tx) =>
    consume(tx, [failure, makeBucket('password.work', userId)], now),
  )
  if (!points.ok) return err(await recordThrottled(points.error, { client, userId, sessionId }))
  const ofFailure = points.value.filter(({ key }) => key === failure.key)
  const ofSuccess = points.value.filter(({ key }) => key !== failure.key)

  const current = await db().password.findUnique({ where: { userId }, include: { user: OWNER } })
  const { matches } = await verifyPassword(currentPassword, current)
  if (!current || !matches) {
    const failureReason = 'wrong_password'
    await record(db(), { type: 'password_changed', client, userId, sessionId, failureReason })
    await giveBack(db(), ofSuccess)
    return invalid('current_password', 'This is not your current password.')
  }
  const stored = await hashNewPassword(newPassword, current.user)
  if (!stored.ok) {
    await giveBack(db(), points.value)
    return invalid('new_password', describeWeakness(stored.error))
  }

  // Later than the version it replaces, even if the clock stood still: it is how a log-in in flight notices.
  const changedAt = new Date(Math.max((now ?? new Date()).getTime(), current.changedAt.getTime() + 1))
  const started = await db().$transaction(async (tx) => {
    await lockUser(tx, userId)
    // An operator who ended this session meanwhile wants no change made by it.
    if ((await getRevokedReason(tx, sessionId)) === 'ended_by_operator') return null
    const { count } = await tx.password.updateMany({
      where: { userId, changedAt: current.changedAt, user: { disabledAt: null } },
      data: { ...stored.value, changedAt },
    })
    if (count === 0) return null
    const data = { passwordChangeRequiredAt: null }
    await tx.user.update({ where: { id: userId }, data, select: { id: true } })
    await revokeAllSessions(tx, userId, 'password_changed', client, now)
    await record(tx, { type: 'password_changed', client, userId, sessionId })
    // All sessions of this account are over. Locking one of another, should its cookie lie here, could deadlock.
    const replacedRefreshToken = undefined
    const session = await startSession(tx, userId, changedAt, { ...signIn, replacedRefreshToken }, now)
    if (!session.ok) throw new Error('An account changed although its row is locked')
    return { ...session.value, deviceToken: await rememberDevice(tx, userId, signIn, now) }
  })
  // Another change was faster: what was verified above is no longer the current password.
  if (!started) {
    await giveBack(db(), ofSuccess)
    return invalid('current_password', 'This is not your current password.')
  }
  await giveBack(db(), ofFailure)
  return ok(await withAccessToken(started, now))
}

function invalid(field: string, issue: string) {
  return err({ code: 'INVALID_INPUT' as const, details: [{ field, issue }] })
}
