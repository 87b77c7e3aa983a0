import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { notifyOwner } from './recovery/notify-owner.ts'
import { rememberDevice } from './remember-device.ts'
import { type SignIn, startSession } from './session/start-session.ts'
import type { SignedIn } from './session/tokens.ts'
import type { FailedLogIn, VerifiedCredentials } from './verify-credentials.ts'

/** @returns `AUTH_FAILED` if the account was disabled or its password changed after the verification */
export function startVerifiedSession(
  { userId, passwordChangedAt, rehashed }: VerifiedCredentials,
  signIn: SignIn,
): Promise<Result<Omit<SignedIn, 'access'>, FailedLogIn>> {
  const { client, now, timeZone } = signIn
  return db().$transaction(async (tx) => {
    const started = await startSession(tx, { userId, passwordChangedAt, signIn })
    if (!started.ok) return err({ code: 'AUTH_FAILED', reason: 'account_changed', subject: { userId } })
    if (rehashed) await tx.password.update({ where: { userId }, data: rehashed })
    await tx.user.update({ where: { id: userId }, data: { lastLoginAt: now }, select: { id: true } })
    if (timeZone) await tx.user.updateMany({ where: { id: userId, timeZone: null }, data: { timeZone } })
    const { isRepeated, ...tokens } = started.value
    const { deviceToken, isNew } = await rememberDevice(tx, { userId, signIn })
    await record(tx, { type: 'login', client, userId, sessionId: tokens.session.id })
    if (isNew && !isRepeated && !signIn.isReported)
      await notifyOwner(tx, { userId, client, now, toMail: (values) => ({ kind: 'new_device', values }) })
    return ok({ ...tokens, deviceToken })
  })
}
