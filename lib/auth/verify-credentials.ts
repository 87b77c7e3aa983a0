import { err, ok, type Result } from '#lib/result.ts'
import type { StoredCredentials } from './get-credentials.ts'
import { hashPassword, type StoredPassword } from './password/hash-password.ts'
import { verifyPassword } from './password/verify-password.ts'

/** For the audit trail alone: the caller learns only that the log-in failed. */
export type FailedLogIn = {
  code: 'AUTH_FAILED'
  reason: 'unknown_account' | 'wrong_password' | 'account_disabled' | 'account_changed'
  subject: { userId: string } | { email: string }
}

export type VerifiedCredentials = {
  userId: string
  passwordChangedAt: Date
  /** The same password, hashed with today's cost, scheme and pepper if it was not. */
  rehashed: StoredPassword | null
}

/** Makes exactly one password comparison, also without an account (ASVS 6.3.8). */
export async function verifyCredentials(
  account: StoredCredentials | null,
  { email, password }: { email: string; password: string },
): Promise<Result<VerifiedCredentials, FailedLogIn>> {
  const { matches, outdated } = await verifyPassword(password, account?.password ?? null)
  if (!account) return err({ code: 'AUTH_FAILED', reason: 'unknown_account', subject: { email } })
  const { userId, isDisabled, password: stored } = account
  const subject = { userId }
  if (!stored || !matches) return err({ code: 'AUTH_FAILED', reason: 'wrong_password', subject })
  if (isDisabled) return err({ code: 'AUTH_FAILED', reason: 'account_disabled', subject })
  const rehashed = outdated ? await hashPassword(password) : null
  return ok({ userId, passwordChangedAt: stored.changedAt, rehashed })
}
