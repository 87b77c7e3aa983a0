import { record } from '#lib/audit/record'
import { db } from '#lib/db/client'
import type { Failure } from '#lib/failure'
import { err, ok, type Result } from '#lib/result'
import { bucket } from '#lib/throttle/bucket'
import { consume, giveBack } from '#lib/throttle/consume'
import { isCookie, rememberDevice, stillKnown } from './known-device'
import { hashPassword } from './password/hash-password'
import { passwordWork } from './password/password-work'
import { verifyPassword } from './password/verify-password'
import { recordThrottled } from './record-throttled'
import { refuseBlocked } from './refuse-blocked'
import { type SignIn, startSession } from './session/start-session'
import { type SignedIn, withAccessToken } from './session/tokens'

export type LogInFailure = Failure<'AUTH_FAILED' | 'RATE_LIMITED' | 'BUSY'>

/**
 * Logs in with e-mail (normalised) and password. Blocks and throttles decide first; then exactly one password verification,
 * for unknown and disabled accounts too, so that answer and time tell nothing about them (ASVS 6.3.8).
 * @returns the session's tokens; `AUTH_FAILED` whatever was wrong; `RATE_LIMITED`; `BUSY` when the password workers would take too long
 */
export async function logIn(
  { email, password }: { email: string; password: string },
  signIn: SignIn,
  now?: Date,
): Promise<Result<SignedIn, LogInFailure>> {
  const { client } = signIn
  const proof = { deviceToken: signIn.deviceToken, network: client.network }
  const user = await db().user.findUnique({
    where: { email },
    select: {
      id: true,
      disabledAt: true,
      password: true,
      // A cookie before a network, whose bucket may be used up by others who share it.
      knownDevices: {
        where: stillKnown(proof, now),
        select: { fingerprint: true },
        orderBy: { fingerprint: 'asc' },
      },
    },
  })
  const subject = user ? { userId: user.id } : { email }
  const known = user?.knownDevices[0]

  const isKnownBrowser = known !== undefined && isCookie(known.fingerprint)
  const blocked = await refuseBlocked({ client, ...subject }, now, () => isKnownBrowser)
  if (blocked) return err(blocked)

  const work = passwordWork(client, { account: email, isKnown: isKnownBrowser })
  const points = await db().$transaction((tx) =>
    consume(
      tx,
      [
        bucket('login.pair', client.network, email),
        bucket('login.pair.hour', client.network, email),
        bucket('login.address', client.network),
        known ? bucket('login.known', email, known.fingerprint) : bucket('login.account', email),
      ],
      now,
    ),
  )
  if (!points.ok) return err(await recordThrottled(points.error, { client, ...subject }))

  const verification = await verifyPassword(password, user?.password ?? null, work)
  if (!verification.ok) {
    await giveBack(db(), points.value)
    return verification
  }

  const { matches, outdated } = verification.value
  if (!user?.password || !matches || user.disabledAt) {
    const failureReason = !user ? 'unknown_account' : matches ? 'account_disabled' : 'wrong_password'
    await record(db(), { type: 'login_failed', client, failureReason, ...subject })
    return err({ code: 'AUTH_FAILED' })
  }

  const { changedAt } = user.password
  const rehashed = outdated ? await hashPassword(password, work) : null
  const started = await db().$transaction(async (tx) => {
    const started = await startSession(tx, user.id, changedAt, signIn, now)
    if (!started.ok) {
      await record(tx, { type: 'login_failed', client, failureReason: 'account_changed', ...subject })
      return started
    }
    if (rehashed?.ok) await tx.password.update({ where: { userId: user.id }, data: rehashed.value })
    await tx.user.update({
      where: { id: user.id },
      data: { lastLoginAt: now ?? new Date() },
      select: { id: true },
    })
    const deviceToken = await rememberDevice(tx, user.id, signIn, now)
    await record(tx, { type: 'login', client, userId: user.id, sessionId: started.value.session.id })
    return ok({ ...started.value, deviceToken })
  })
  if (!started.ok) return err({ code: 'AUTH_FAILED' })
  await giveBack(db(), points.value)
  return ok(await withAccessToken(started.value, now))
}
