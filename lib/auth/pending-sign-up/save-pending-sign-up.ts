import type { NewAccount } from '#lib/auth/create-account.ts'
import { hashForAccount } from '#lib/auth/hash-for-account.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { SignIn } from '#lib/auth/session/start-session.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { secondsLater } from '#lib/time.ts'
import { newId } from '#lib/uuid.ts'

/**
 * Does not read the account: the same statements and one hash for every address, so that neither the answer nor its time
 * shows whether it has one. `answerSignUps` finds out after the answer.
 * @returns `INVALID_INPUT` for a weak password; `BUSY`
 */
export async function savePendingSignUp(
  input: NewAccount,
  signIn: SignIn,
): Promise<Result<null, Failure<'INVALID_INPUT' | 'BUSY'>>> {
  const stored = await hashForAccount(input, signIn)
  if (!stored.ok) return stored
  const { email, name } = input
  const { now } = signIn
  const { ipAddress, network, userAgent, requestId } = signIn.client
  const client = { ipAddress, network, userAgent, requestId }
  const expiresAt = secondsLater(now, LINK_SECONDS.confirm_email)
  await db().pendingSignUp.create({
    data: { id: newId(now), email, name, ...stored.value, client, expiresAt },
    select: { id: true },
  })
  return ok(null)
}
