import type { Client } from '#lib/actor.ts'
import { checkBlockedNetwork } from '#lib/auth/check-blocked-network.ts'
import { findLink, type LinkOwner } from '#lib/auth/links/find-link.ts'
import { refuseLink } from '#lib/auth/links/refuse-link.ts'
import { isAbandoned, toBusy } from '#lib/auth/password/busy.ts'
import { hashNewPassword } from '#lib/auth/password/hash-password.ts'
import { queuePasswordWork } from '#lib/auth/password/password-queue.ts'
import { describeWeakness } from '#lib/auth/password/weakness.ts'
import { PASSWORD_PURPOSES } from '#lib/auth/policy.ts'
import { newPasswordSchema } from '#lib/auth/schema.ts'
import type { VerifiedCredentials } from '#lib/auth/verify-credentials.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, type Result } from '#lib/result.ts'
import { replacePasswordByLink } from './replace-password-by-link.ts'

export type ResetPasswordFailure = Failure<'INVALID_LINK' | 'INVALID_INPUT' | 'RATE_LIMITED' | 'BUSY'>

type Reset = { token: string; password: string }
type Request = { client: Client; now: Date }

/**
 * Sets a new password by a mailed link, and ends every session of the account, or gives its address an account of its
 * own (`startAnew`). Starts no session.
 * @returns `INVALID_LINK` for any link that does not work; `INVALID_INPUT` for the password, and the link still works;
 *   `RATE_LIMITED` for many refused links; `BUSY`
 */
export async function resetPassword(
  reset: Reset,
  { client, now }: Request,
): Promise<Result<VerifiedCredentials, ResetPasswordFailure>> {
  const admitted = await checkBlockedNetwork({ client }, { now })
  if (!admitted.ok) return admitted
  const link = await findLink(db(), { token: reset.token, purposes: PASSWORD_PURPOSES, now })
  if (!link.ok) return refuseLink(link.error, { type: 'password_reset', client })
  const owner = link.value
  return queuePasswordWork({ client, account: owner.userId, isKnown: true }, (abortSignal) =>
    tryResetPassword(reset, owner, { client: { ...client, abortSignal }, now }),
  )
}

async function tryResetPassword(
  { token, password }: Reset,
  owner: LinkOwner,
  { client, now }: Request,
): Promise<Result<VerifiedCredentials, ResetPasswordFailure>> {
  const checked = newPasswordSchema(owner.email).safeParse(password)
  if (!checked.success) return invalid(...checked.error.issues.map(({ message }) => message))
  const hashed = await hashNewPassword(password, owner)
  if (!hashed.ok) return invalid(describeWeakness(hashed.error.weakness))
  // No client would receive the session, and the link can be used again.
  if (isAbandoned(client.abortSignal)) return err(toBusy(0))
  const replaced = await replacePasswordByLink(token, { stored: hashed.value, client, now })
  return replaced.ok ? replaced : refuseLink(replaced.error, { type: 'password_reset', client })
}

function invalid(...issues: string[]) {
  const details = issues.map((issue) => ({ field: 'password', issue }))
  return err({ code: 'INVALID_INPUT' as const, details })
}
