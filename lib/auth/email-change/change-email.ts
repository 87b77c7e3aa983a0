import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { EMAIL_UNDO_HOURS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { HOUR_SECONDS, secondsLater } from '#lib/time.ts'

/** @param email the new address, which the link has proved */
type NewAddress = { userId: string; email: string }

/**
 * Gives the account its new address, reserves the former one, and mails that one a link that undoes the change. Sessions
 * stay. The transaction holds `lockUser`.
 * @throws the unique index's error if the address is taken by now
 */
export async function changeEmail(
  tx: Tx,
  { userId, email }: NewAddress,
  { client, now }: { client: Client; now: Date },
): Promise<void> {
  const account = { where: { id: userId }, select: { email: true, timeZone: true } }
  const { email: former, timeZone } = await tx.user.findUniqueOrThrow(account)
  await tx.user.update({ ...account, data: { email, emailVerified: now } })
  // They were sent to the former address.
  await tx.accountLink.deleteMany({ where: { userId } })
  const token = newToken()
  const expiresAt = secondsLater(now, EMAIL_UNDO_HOURS * HOUR_SECONDS)
  const data = { email: former, tokenHash: hashToken(token), changedAt: now, expiresAt }
  // An earlier change has a row until housekeeping deletes it, but can no longer be undone.
  await tx.formerEmail.upsert({
    where: { userId },
    create: { userId, ...data },
    update: data,
    select: { userId: true },
  })
  const values = { email, client, at: now, timeZone, token }
  await queueMail(tx, { kind: 'email_changed', to: former, userId, values })
  await record(tx, { type: 'email_changed', client, userId })
}
