import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import { isUniqueViolation } from '#lib/db/unique-violation.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { offerClaim } from './claim/offer-claim.ts'
import { sendConfirmation } from './confirmation/send-confirmation.ts'
import { hashForAccount } from './hash-for-account.ts'
import type { StoredPassword } from './password/hash-password.ts'
import { rememberDevice } from './remember-device.ts'
import { getSubmittedSession } from './session/double-submission.ts'
import { type SignIn, startSession } from './session/start-session.ts'
import type { SignedIn } from './session/tokens.ts'

export type NewAccount = { email: string; password: string; name: string | null }

export type CreateAccountFailure = Failure<'EMAIL_TAKEN' | 'ALREADY_SUBMITTED' | 'INVALID_INPUT' | 'BUSY'>

/** @returns `ALREADY_SUBMITTED` if the same form has just created the account; `INVALID_INPUT` for a weak password */
export async function createAccount(
  input: NewAccount,
  signIn: SignIn,
): Promise<Result<Omit<SignedIn, 'access'>, CreateAccountFailure>> {
  const taken = await findUserId(input.email)
  if (taken) return refuseTaken(taken, signIn)
  const stored = await hashForAccount(input, signIn)
  if (!stored.ok) return stored
  try {
    return ok(await insertAccount(input, { stored: stored.value, signIn }))
  } catch (error) {
    // The unique index decides between two sign-ups that both passed the lookup above.
    if (!isUniqueViolation(error, 'email')) throw error
    return refuseTaken(await findUserId(input.email), signIn)
  }
}

async function findUserId(email: string): Promise<string | undefined> {
  const user = await db().user.findUnique({ where: { email }, select: { id: true } })
  return user?.id
}

function insertAccount(
  { email, name }: NewAccount,
  { stored, signIn }: { stored: StoredPassword; signIn: SignIn },
) {
  const { client, now, timeZone = null } = signIn
  return db().$transaction(async (tx) => {
    const data = {
      email,
      name,
      timeZone,
      createdAt: now,
      lastLoginAt: now,
      password: { create: { ...stored, changedAt: now } },
    }
    const { id: userId } = await tx.user.create({ data, select: { id: true } })
    const started = await startSession(tx, { userId, passwordChangedAt: now, signIn })
    if (!started.ok) throw new Error('A new account changed within its own transaction')
    const { deviceToken } = await rememberDevice(tx, { userId, signIn })
    // Without it the account can request another link.
    await sendConfirmation(tx, { userId, email, now })
    await record(tx, { type: 'signup', client, userId, sessionId: started.value.session.id })
    return { ...started.value, deviceToken }
  })
}

async function refuseTaken(userId: string | undefined, { client, submission, now }: SignIn) {
  // A form sent twice is no failure, and leaves no event.
  if (userId && submission && (await getSubmittedSession(db(), { userId, submission, now })))
    return err({ code: 'ALREADY_SUBMITTED' } as const)
  await db().$transaction(async (tx) => {
    if (userId) await offerClaim(tx, { userId, now })
    await record(tx, { type: 'signup', client, failureReason: 'email_taken', ...(userId && { userId }) })
  })
  return err({ code: 'EMAIL_TAKEN' } as const)
}
