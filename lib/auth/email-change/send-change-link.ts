import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { secondsLater } from '#lib/time.ts'

type NewAddress = { userId: string; email: string; now: Date }

/**
 * Writes the pending change, and a mail to the new address. If the address is taken, the mail has no link: rows, answer
 * and events are the same, so that no user learns who has an account (ASVS 6.3.8).
 */
export async function sendChangeLink(tx: Tx, { userId, email, now }: NewAddress): Promise<void> {
  const token = newToken()
  const queued = await queueMail(tx, {
    kind: 'email_change',
    to: email,
    userId,
    values: { token: (await isTaken(tx, email)) ? null : token },
    expiresAt: secondsLater(now, LINK_SECONDS.change_email),
  })
  // Beyond the limit of mails to one address the link of the last one stays valid.
  if (queued.ok) await createLink(tx, { userId, purpose: 'change_email', token, email, now })
}

async function isTaken(tx: Tx, email: string): Promise<boolean> {
  const holders = await tx.$queryRaw<object[]>`
    SELECT 1 FROM users WHERE email = ${email} UNION ALL SELECT 1 FROM former_emails WHERE email = ${email}`
  return holders.length > 0
}
