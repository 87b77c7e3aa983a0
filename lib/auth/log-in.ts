import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { getCredentials } from './get-credentials.ts'
import { findKnownBrowser, rememberDevice } from './known-device.ts'
import { hashPassword } from './password/hash-password.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import { verifyPassword } from './password/verify-password.ts'
import { type SignIn, startSession } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'
import { throttleLogIn } from './throttle-log-in.ts'

export type LogInFailure = Failure<'AUTH_FAILED' | 'RATE_LIMITED' | 'BUSY'>

type Credentials = { email: string; password: string }

/**
 * Logs in with e-mail (normalised) and password. Blocks and throttles decide first; then exactly one password verification,
 * for unknown and disabled accounts too, so that answer and time tell nothing about them (ASVS 6.3.8).
 * @returns the session's tokens; `AUTH_FAILED` whatever was wrong; `RATE_LIMITED`; `BUSY` when its turn would not come in
 *   time or its client has left
 */
export async function logIn(
  credentials: Credentials,
  signIn: SignIn,
  now?: Date,
): Promise<Result<SignedIn, LogInFailure>> {
  const { client, deviceToken } = signIn
  const { email } = credentials
  const knownBrowser = deviceToken ? await findKnownBrowser(email, deviceToken, now) : null
  return queuePasswordWork({ client, account: email, isKnown: knownBrowser !== null }, () =>
    logInNow(credentials, { ...signIn, knownBrowser }, now),
  )
}

async function logInNow(
  { email, password }: Credentials,
  signIn: SignIn & { knownBrowser: string | null },
  now?: Date,
): Promise<Result<SignedIn, LogInFailure>> {
  const { client, knownBrowser } = signIn
  const points = await throttleLogIn(email, client, knownBrowser, now)
  if (!points.ok) return points
  const { ofFailure, ofSuccess } = points.value

  const account = await getCredentials(email)
  const subject = account ? { userId: account.userId } : { email }
  const { matches, outdated } = await verifyPassword(password, account?.password ?? null)
  if (!account?.password || !matches || account.isDisabled) {
    const failureReason = !account ? 'unknown_account' : matches ? 'account_disabled' : 'wrong_password'
    await record(db(), { type: 'login_failed', client, failureReason, ...subject })
    await giveBack(db(), ofSuccess)
    return err({ code: 'AUTH_FAILED' })
  }

  const { userId, password: stored } = account
  const rehashed = outdated ? await hashPassword(password) : null
  // No client would receive the session.
  if (client.abortSignal?.aborted) {
    await giveBack(db(), ofFailure)
    return err({ code: 'BUSY', retryAfterSeconds: 1 })
  }
  const started = await db().$transaction(async (tx) => {
    const started = await startSession(tx, userId, stored.changedAt, signIn, now)
    if (!started.ok) {
      await record(tx, { type: 'login_failed', client, failureReason: 'account_changed', ...subject })
      return started
    }
    if (rehashed) await tx.password.update({ where: { userId }, data: rehashed })
    await tx.user.update({
      where: { id: userId },
      data: { lastLoginAt: now ?? new Date() },
      select: { id: true },
    })
    const deviceToken = await rememberDevice(tx, userId, signIn, now)
    await record(tx, { type: 'login', client, userId, sessionId: started.value.session.id })
    return ok({ ...started.value, deviceToken })
  })
  if (!started.ok) {
    await giveBack(db(), ofSuccess)
    return err({ code: 'AUTH_FAILED' })
  }
  await giveBack(db(), ofFailure)
  return ok(await withAccessToken(started.value, now))
}
