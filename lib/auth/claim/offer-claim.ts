import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { secondsLater } from '#lib/time.ts'
import { isAbandoned } from './is-abandoned.ts'

/**
 * Mails the owner of the address a link to an account of their own, in place of one that is abandoned.
 * @returns false for any other account, with nothing done
 */
export async function offerClaim(tx: Tx, { userId, now }: { userId: string; now: Date }): Promise<boolean> {
  const [account] = await tx.$queryRaw<{ email: string }[]>`
    SELECT email FROM users WHERE id = ${userId}::uuid AND ${isAbandoned(now)}`
  if (!account) return false
  const { email } = account
  const token = newToken()
  const queued = await queueMail(tx, {
    kind: 'claim_account',
    to: email,
    userId,
    values: { token },
    expiresAt: secondsLater(now, LINK_SECONDS.claim_account),
  })
  if (queued.ok) await createLink(tx, { userId, purpose: 'claim_account', token, email, now })
  return true
}
