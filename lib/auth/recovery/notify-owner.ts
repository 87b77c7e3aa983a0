import type { Client } from '#lib/actor.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import type { Tx } from '#lib/db/client.ts'
import type { MailKind, MailValues } from '#lib/mail/catalogue.ts'
import type { Notice } from '#lib/mail/notice.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'

type Mail = { [Kind in MailKind]: { kind: Kind; values: MailValues[Kind] } }[MailKind]

type Notification = {
  userId: string
  /** Null if an administrator did it. */
  client: Client | null
  now: Date
  toMail: (notice: Notice) => Mail
}

/**
 * Mails the account's owner what happened, with a link that secures the account. A recipient of too many mails of this
 * kind gets neither: the last hour's links still work.
 */
export async function notifyOwner(tx: Tx, { userId, client, now, toMail }: Notification): Promise<void> {
  const { email, timeZone } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, timeZone: true },
  })
  const token = newToken()
  const mail = toMail({ at: now, timeZone, client, token })
  const queued = await queueMail(tx, { ...mail, to: email, userId })
  if (queued.ok) await createLink(tx, { userId, purpose: 'secure_account', token, email, now })
}
