import type { SignIn } from '#lib/auth/session/start-session.ts'
import { type SignedIn, withAccessToken } from '#lib/auth/session/tokens.ts'
import { startVerifiedSession } from '#lib/auth/start-verified-session.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type ResetPasswordFailure, resetPassword } from './reset-password.ts'

/** For a browser. @returns `INVALID_LINK` also if the account was disabled or changed again right after the reset */
export async function resetAndLogIn(
  reset: { token: string; password: string },
  signIn: SignIn,
): Promise<Result<SignedIn, ResetPasswordFailure>> {
  const verified = await resetPassword(reset, signIn)
  if (!verified.ok) return verified
  const started = await startVerifiedSession(verified.value, { ...signIn, isReported: true })
  if (!started.ok) return err({ code: 'INVALID_LINK' })
  return ok(await withAccessToken(started.value, signIn.now))
}
