import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { NewAccount } from './create-account.ts'
import { isAbandoned, toBusy } from './password/busy.ts'
import { hashNewPassword, type StoredPassword } from './password/hash-password.ts'
import { describeWeakness } from './password/weakness.ts'
import type { SignIn } from './session/start-session.ts'

/** @returns `INVALID_INPUT` for a weak password; `BUSY` for a client that has left */
export async function hashForAccount(
  input: NewAccount,
  { client }: SignIn,
): Promise<Result<StoredPassword, Failure<'INVALID_INPUT' | 'BUSY'>>> {
  const stored = await hashNewPassword(input.password, input)
  if (!stored.ok) {
    const details = [{ field: 'password', issue: describeWeakness(stored.error.weakness) }]
    return err({ code: 'INVALID_INPUT', details })
  }
  // No client would receive the answer.
  return isAbandoned(client.abortSignal) ? err(toBusy(0)) : ok(stored.value)
}
