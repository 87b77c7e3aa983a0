import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { giveBack } from '#lib/throttle/consume.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { type CreateAccountFailure, createAccount, type NewAccount } from './create-account.ts'
import { logIn } from './log-in.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import { savePendingSignUp } from './pending-sign-up/save-pending-sign-up.ts'
import type { SignIn } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'
import { throttle } from './throttle.ts'

export type SignUpFailure = Failure<'EMAIL_TAKEN' | 'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

/**
 * A form that is sent again logs in to the session of the first copy (docs/decisions/0028-a-form-sent-twice.md).
 * @returns null if the answer is a mail (`SIGN_UP_ANSWER=uniform`), for any address; `EMAIL_TAKEN`; `INVALID_INPUT` for a weak password; `RATE_LIMITED`; `BUSY`, as `logIn`
 */
export async function signUp(
  input: NewAccount,
  signIn: SignIn,
): Promise<Result<SignedIn | null, SignUpFailure>> {
  const waiting = { client: signIn.client, account: input.email, isKnown: false }
  const signedUp = await queuePasswordWork(waiting, (abortSignal) =>
    trySignUp(input, { ...signIn, client: { ...signIn.client, abortSignal } }),
  )
  if (signedUp.ok) return signedUp
  const { code, ...failure } = signedUp.error
  return code === 'ALREADY_SUBMITTED' ? logInInstead(input, signIn) : err({ ...failure, code })
}

async function trySignUp(
  input: NewAccount,
  signIn: SignIn,
): Promise<Result<SignedIn | null, SignUpFailure | CreateAccountFailure>> {
  const { client, now } = signIn
  const admitted = await checkBlockedNetwork({ client }, { now })
  if (!admitted.ok) return admitted
  const ofSuccess = makeBucket('signup.address', client.network)
  const points = await throttle([ofSuccess, makeBucket('signup.tries', client.network)], { client })
  if (!points.ok) return points

  const isUniform = nodeEnv().signUpAnswer === 'uniform'
  const created = await (isUniform ? savePendingSignUp(input, signIn) : createAccount(input, signIn))
  if (created.ok) return ok(created.value && (await withAccessToken(created.value, now)))
  await giveBack(
    db(),
    points.value.filter(({ key }) => key === ofSuccess.key),
  )
  return created
}

async function logInInstead(input: NewAccount, signIn: SignIn): Promise<Result<SignedIn, SignUpFailure>> {
  const loggedIn = await logIn(input, signIn)
  if (loggedIn.ok) return loggedIn
  const { code } = loggedIn.error
  return err(code === 'AUTH_FAILED' ? { code: 'EMAIL_TAKEN' } : { ...loggedIn.error, code })
}
