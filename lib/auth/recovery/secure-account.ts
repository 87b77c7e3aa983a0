import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { checkBlockedNetwork } from '#lib/auth/check-blocked-network.ts'
import type { DeadLink } from '#lib/auth/links/find-link.ts'
import { refuseLink } from '#lib/auth/links/refuse-link.ts'
import { takeLink } from '#lib/auth/links/take-link.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { startRecovery } from './start-recovery.ts'

type Request = { client: Client; now: Date }

/**
 * "This wasn't me", from a mail: everyone is logged out, and the password stops working.
 * @returns the secret of a link to choose a new password; `INVALID_LINK` for any link that does not work; `RATE_LIMITED`
 */
export async function secureAccount(
  token: string,
  { client, now }: Request,
): Promise<Result<string, Failure<'INVALID_LINK' | 'RATE_LIMITED'>>> {
  const admitted = await checkBlockedNetwork({ client }, { now })
  if (!admitted.ok) return admitted
  const secured = await db().$transaction(async (tx): Promise<Result<string, DeadLink>> => {
    const link = await takeLink(tx, { token, purposes: ['secure_account'], now })
    if (!link.ok) return link
    const { userId } = link.value
    const resetToken = await startRecovery(tx, { userId, client, now })
    await record(tx, { type: 'account_secured', client, userId })
    return ok(resetToken)
  })
  return secured.ok ? secured : refuseLink(secured.error, { type: 'account_secured', client })
}
