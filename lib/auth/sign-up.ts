import { record } from '#lib/audit/record'
import { db } from '#lib/db/client'
import { isUniqueViolation } from '#lib/db/unique-violation'
import type { Failure } from '#lib/failure'
import { err, ok, type Result } from '#lib/result'
import { bucket } from '#lib/throttle/bucket'
import { consume, giveBack } from '#lib/throttle/consume'
import { rememberDevice } from './known-device'
import { hashNewPassword, type StoredPassword } from './password/hash-password'
import { inTurn } from './password/turns'
import { describeWeakness, type Weakness } from './password/weakness'
import { recordThrottled } from './record-throttled'
import { refuseBlocked } from './refuse-blocked'
import { type SignIn, startSession } from './session/start-session'
import { type SignedIn, withAccessToken } from './session/tokens'

export type SignUpFailure = Failure<'EMAIL_TAKEN' | 'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

type SignUp = { email: string; password: string; name: string | null }

/**
 * Creates an account and its first session.
 * @returns the session's tokens; `EMAIL_TAKEN`, also for the slower of two that race; `INVALID_INPUT` for a
 *   password that is easy to guess; `RATE_LIMITED`, for a blocked network, too; `BUSY` when its turn would not come in time
 */
export function signUp(input: SignUp, signIn: SignIn): Promise<Result<SignedIn, SignUpFailure>> {
  const waiting = { client: signIn.client, account: input.email, isKnown: false }
  return inTurn(waiting, () => signUpNow(input, signIn))
}

async function signUpNow(input: SignUp, signIn: SignIn): Promise<Result<SignedIn, SignUpFailure>> {
  const { client } = signIn
  const blocked = await refuseBlocked({ client })
  if (blocked) return err(blocked)

  const succeeded = bucket('signup.address', client.network)
  const tried = bucket('signup.tries', client.network)
  const points = await db().$transaction((tx) => consume(tx, [succeeded, tried]))
  if (!points.ok) return err(await recordThrottled(points.error, { client }))

  const created = await createAccount(input, signIn)
  if (!created.ok) {
    await giveBack(
      db(),
      points.value.filter(({ key }) => key === succeeded.key),
    )
    return created
  }
  return ok(await withAccessToken(created.value))
}

async function createAccount(input: SignUp, signIn: SignIn) {
  const taken = await db().user.findUnique({ where: { email: input.email }, select: { id: true } })
  if (taken) return refuseTaken(taken.id, signIn)
  const stored = await hashNewPassword(input.password, input)
  if (!stored.ok) return refusePassword(stored.error)
  try {
    return ok(await insertAccount(input, stored.value, signIn))
  } catch (error) {
    // The unique index decides between two sign-ups that raced past the look-up above.
    if (!isUniqueViolation(error, 'email')) throw error
    const winner = await db().user.findUnique({ where: { email: input.email }, select: { id: true } })
    return refuseTaken(winner?.id, signIn)
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

async function refuseTaken(userId: string | undefined, { client }: SignIn) {
  await record(db(), { type: 'signup', client, failureReason: 'email_taken', ...(userId && { userId }) })
  return err({ code: 'EMAIL_TAKEN' } as const)
}
