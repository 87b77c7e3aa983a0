import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import { isUniqueViolation } from '#lib/db/unique-violation.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume, giveBack } from '#lib/throttle/consume.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { rememberDevice } from './known-device.ts'
import { logIn } from './log-in.ts'
import { hashNewPassword, type StoredPassword } from './password/hash-password.ts'
import { queuePasswordWork } from './password/password-queue.ts'
import { describeWeakness, type Weakness } from './password/weakness.ts'
import { recordThrottled } from './record-throttled.ts'
import { getSubmittedSession } from './session/double-submission.ts'
import { type SignIn, startSession } from './session/start-session.ts'
import { type SignedIn, withAccessToken } from './session/tokens.ts'

export type SignUpFailure = Failure<'EMAIL_TAKEN' | 'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

type SignUp = { email: string; password: string; name: string | null }

/**
 * Creates an account and its first session. A form that is sent twice creates one account, and the second time it logs
 * in to the same session, by its password like any log-in (docs/decisions/0028-a-form-sent-twice.md).
 * @returns the session's tokens; `EMAIL_TAKEN`, also for the slower of two that race; `INVALID_INPUT` for a
 *   password that is easy to guess; `RATE_LIMITED`, for a blocked network, too; `BUSY` when its turn would not come in
 *   time or its client has left
 */
export async function signUp(input: SignUp, signIn: SignIn): Promise<Result<SignedIn, SignUpFailure>> {
  const waiting = { client: signIn.client, account: input.email, isKnown: false }
  const signedUp = await queuePasswordWork(waiting, () => signUpNow(input, signIn))
  if (!signedUp.ok) return signedUp
  return signedUp.value ? ok(signedUp.value) : logInInstead(input, signIn)
}

async function logInInstead(input: SignUp, signIn: SignIn): Promise<Result<SignedIn, SignUpFailure>> {
  const loggedIn = await logIn(input, signIn)
  if (loggedIn.ok) return loggedIn
  const { code } = loggedIn.error
  return err(code === 'AUTH_FAILED' ? { code: 'EMAIL_TAKEN' } : { ...loggedIn.error, code })
}

/** @returns null where the same form has created the account a moment ago */
async function signUpNow(input: SignUp, signIn: SignIn): Promise<Result<SignedIn | null, SignUpFailure>> {
  const { client } = signIn
  const blocked = await checkBlockedNetwork({ client })
  if (blocked) return err(blocked)

  const succeeded = makeBucket('signup.address', client.network)
  const tried = makeBucket('signup.tries', client.network)
  const points = await db().$transaction((tx) => consume(tx, [succeeded, tried]))
  if (!points.ok) return err(await recordThrottled(points.error, { client }))

  const created = await createAccount(input, signIn)
  if (created.ok && created.value) return ok(await withAccessToken(created.value))
  await giveBack(
    db(),
    points.value.filter(({ key }) => key === succeeded.key),
  )
  return created.ok ? ok(null) : created
}

async function createAccount(input: SignUp, signIn: SignIn) {
  const taken = await db().user.findUnique({ where: { email: input.email }, select: { id: true } })
  if (taken) return answerTaken(taken.id, signIn)
  const stored = await hashNewPassword(input.password, input)
  if (!stored.ok) return refusePassword(stored.error)
  if (signIn.client.abortSignal?.aborted) return err({ code: 'BUSY', retryAfterSeconds: 1 } as const)
  try {
    return ok(await insertAccount(input, stored.value, signIn))
  } catch (error) {
    // The unique index decides between two sign-ups that raced past the look-up above.
    if (!isUniqueViolation(error, 'email')) throw error
    const winner = await db().user.findUnique({ where: { email: input.email }, select: { id: true } })
    return answerTaken(winner?.id, signIn)
  }
}

function refusePassword(reason: Weakness) {
  return err({
    code: 'INVALID_INPUT',
    details: [{ field: 'password', issue: describeWeakness(reason) }],
  } as const)
}

function insertAccount({ email, name }: SignUp, stored: StoredPassword, signIn: SignIn) {
  const { client } = signIn
  return db().$transaction(async (tx) => {
    const now = new Date()
    const data = { email, name, lastLoginAt: now, password: { create: { ...stored, changedAt: now } } }
    const { id } = await tx.user.create({ data, select: { id: true } })
    const started = await startSession(tx, id, now, signIn)
    if (!started.ok) throw new Error('A new account changed within its own transaction')
    const deviceToken = await rememberDevice(tx, id, signIn)
    await record(tx, { type: 'signup', client, userId: id, sessionId: started.value.session.id })
    return { ...started.value, deviceToken }
  })
}

/** @returns null where the same form has created the account a moment ago: that is no failure, and records none */
async function answerTaken(userId: string | undefined, { client, submission }: SignIn) {
  if (userId && submission && (await getSubmittedSession(db(), userId, submission, new Date())))
    return ok(null)
  await record(db(), { type: 'signup', client, failureReason: 'email_taken', ...(userId && { userId }) })
  return err({ code: 'EMAIL_TAKEN' } as const)
}
