import { type NodeEnv, nodeEnv } from '#lib/env/node.ts'
import { err, type Result } from '#lib/result.ts'
import { type ClaimedMail, claimMail } from './claim-mail.ts'
import { composeMail } from './compose-mail.ts'
import { countMails } from './count-mails.ts'
import { giveUp, markSent, postpone } from './finish-mail.ts'
import { planRetry } from './plan-retry.ts'
import { openMail } from './seal-mail.ts'
import { type SendFailure, type SMTP_LIMITS, sendBySmtp } from './send-by-smtp.ts'
import { writeMailFile } from './write-mail-file.ts'

type Delivery = {
  /** Ends the work after the current mail. */
  signal?: AbortSignal
  /** For tests only, like `limits`. */
  databaseNow?: Date
  smtp?: NodeEnv['smtp']
  limits?: typeof SMTP_LIMITS
}

/** Sends what is due, one after the other. Several may run in parallel, in several processes. */
export async function deliverMails(delivery: Delivery): Promise<void> {
  while (!delivery.signal?.aborted) {
    const mail = await claimMail(delivery.databaseNow)
    if (!mail) break
    await deliver(mail, delivery)
  }
  await countMails(delivery.databaseNow)
}

async function deliver(mail: ClaimedMail, delivery: Delivery): Promise<void> {
  if (mail.expiresAt <= mail.claimedAt) return giveUp(mail, { reason: 'expired' })
  const sent = await send(mail, delivery)
  if (sent.ok) return markSent(mail)
  const { code, text } = sent.error
  if (code === 'REFUSED') return giveUp(mail, { reason: 'refused', text })
  const nextAttemptAt = planRetry(mail.attempts, { now: mail.claimedAt })
  if (nextAttemptAt < mail.expiresAt) return postpone(mail, { nextAttemptAt, text })
  return giveUp(mail, { reason: code === 'UNREADABLE' ? 'unreadable' : 'unavailable', text })
}

async function send(
  { id, kind, sealed, createdAt }: ClaimedMail,
  { smtp = nodeEnv().smtp, limits }: Delivery,
): Promise<Result<null, SendFailure | { code: 'UNREADABLE'; text: string }>> {
  const opened = await openMail(sealed, id)
  // Another instance may know the secret already, or an operator may put it back.
  if (!opened) return err({ code: 'UNREADABLE', text: 'unreadable' })
  const mail = composeMail(opened, { id, createdAt, from: nodeEnv().mailFrom })
  return smtp ? sendBySmtp(smtp, { mail, limits }) : writeMailFile(mail, { id, kind, createdAt })
}
