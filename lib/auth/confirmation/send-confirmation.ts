import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import type { Result } from '#lib/result.ts'
import type { Throttled } from '#lib/throttle/consume.ts'
import { secondsLater } from '#lib/time.ts'

type Account = { userId: string; email: string; now: Date }

/** @param account the stored address. @returns `RATE_LIMITED`; then the link of the last mail stays valid */
export async function sendConfirmation(tx: Tx, account: Account): Promise<Result<null, Throttled>> {
  const { userId, email, now } = account
  const token = newToken()
  const queued = await queueMail(tx, {
    kind: 'confirm_email',
    to: email,
    userId,
    values: { token },
    expiresAt: secondsLater(now, LINK_SECONDS.confirm_email),
  })
  if (queued.ok) await createLink(tx, { userId, purpose: 'confirm_email', token, email, now })
  return queued
}
