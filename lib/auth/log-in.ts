import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { findKnownBrowser } from './find-known-device.ts'
import { getCredentials } from './get-credentials.ts'
import { isAbandoned, toBusy } from './password/busy.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import type { SignIn } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'
import { startVerifiedSession } from './start-verified-session.ts'
import { throttleLogIn } from './throttle-log-in.ts'
import { verifyCredentials } from './verify-credentials.ts'

export type LogInFailure = Failure<'AUTH_FAILED' | 'RATE_LIMITED' | 'BUSY'>

type Credentials = { email: string; password: string }

/**
 * Neither the answer nor its time shows whether the account of a (normalised) e-mail exists (ASVS 6.3.8).
 * @returns `AUTH_FAILED` whatever was wrong; `RATE_LIMITED`; `BUSY` if the password queue is full or the client has left
 */
export async function logIn(
  credentials: Credentials,
  signIn: SignIn,
): Promise<Result<SignedIn, LogInFailure>> {
  const { client, deviceToken, now } = signIn
  const { email } = credentials
  const knownBrowser = deviceToken ? await findKnownBrowser({ email, deviceToken, now }) : null
  const isKnown = knownBrowser !== null
  return queuePasswordWork({ client, account: email, isKnown }, (abortSignal) =>
    tryLogIn(credentials, { ...signIn, client: { ...client, abortSignal }, knownBrowser }),
  )
}

async function tryLogIn(
  { email, password }: Credentials,
  signIn: SignIn & { knownBrowser: string | null },
): Promise<Result<SignedIn, LogInFailure>> {
  const { client, knownBrowser, now } = signIn
  const points = await throttleLogIn({ email, client, knownBrowser, now })
  if (!points.ok) return points
  const { ofFailure, ofSuccess } = points.value

  const account = await getCredentials(email)
  const verified = await verifyCredentials(account, { email, password })
  // No client would receive the session.
  if (verified.ok && isAbandoned(client.abortSignal)) {
    await giveBack(db(), ofFailure)
    return err(toBusy(0))
  }
  const started = verified.ok ? await startVerifiedSession(verified.value, signIn) : verified
  if (!started.ok) {
    const { reason: failureReason, subject } = started.error
    await record(db(), { type: 'login_failed', client, failureReason, ...subject })
    await giveBack(db(), ofSuccess)
    return err({ code: 'AUTH_FAILED' })
  }
  await giveBack(db(), ofFailure)
  return ok(await withAccessToken(started.value, now))
}
