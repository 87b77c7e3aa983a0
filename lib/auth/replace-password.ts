import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { StoredPassword } from './password/hash-password.ts'
import { notifyOwner } from './recovery/notify-owner.ts'
import { rememberDevice } from './remember-device.ts'
import { getRevokedReason } from './session/get-revoked-reason.ts'
import { lockUser } from './session/lock-user.ts'
import { revokeAllSessions } from './session/revoke-all-sessions.ts'
import { type SignIn, startSession } from './session/start-session.ts'
import type { SignedIn } from './session/tokens.ts'

type Replacement = {
  /** Its `changedAt` when it was verified. */
  verifiedVersion: Date
  stored: StoredPassword
  signIn: SignIn
}

/** @returns `ACCOUNT_CHANGED` if the password, the account or its session changed after the verification */
export function replacePassword(
  actor: Actor,
  { verifiedVersion, stored, signIn }: Replacement,
): Promise<Result<Omit<SignedIn, 'access'>, Failure<'ACCOUNT_CHANGED'>>> {
  const { client, userId, sessionId } = actor
  const { now } = signIn
  // Greater than the version it replaces even if the clock does not advance: a log-in in flight compares versions.
  const changedAt = new Date(Math.max(now.getTime(), verifiedVersion.getTime() + 1))
  return db().$transaction(async (tx) => {
    await lockUser(tx, userId)
    if ((await getRevokedReason(tx, sessionId)) === 'ended_by_operator')
      return err({ code: 'ACCOUNT_CHANGED' })
    const { count } = await tx.password.updateMany({
      where: { userId, changedAt: verifiedVersion, user: { disabledAt: null } },
      data: { ...stored, changedAt },
    })
    if (count === 0) return err({ code: 'ACCOUNT_CHANGED' })
    const data = { passwordChangeRequiredAt: null }
    await tx.user.update({ where: { id: userId }, data, select: { id: true } })
    await revokeAllSessions(tx, { userId, reason: 'password_changed', client, now })
    await record(tx, { type: 'password_changed', client, userId, sessionId })
    // The browser may hold a cookie of another account, whose session a second lock could deadlock on.
    const replacing = { ...signIn, replacedRefreshToken: undefined }
    const started = await startSession(tx, { userId, passwordChangedAt: changedAt, signIn: replacing })
    if (!started.ok) throw new Error('An account changed although its row is locked')
    const { deviceToken } = await rememberDevice(tx, { userId, signIn })
    await notifyOwner(tx, {
      userId,
      client,
      now,
      toMail: (values) => ({ kind: 'password_changed', values: { ...values, by: 'form' } }),
    })
    return ok({ ...started.value, deviceToken })
  })
}
