import type { Client } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { DELETION_DAYS } from '#lib/auth/policy.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import type { Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'

type Request = { userId: string; client: Client; by?: string; now: Date }

/**
 * Ends all sessions and notifies the account's address. The transaction has locked the user's row.
 * @returns when the account is deleted
 */
export async function scheduleDeletion(tx: Tx, { userId, client, by, now }: Request): Promise<Date> {
  const dueAt = secondsLater(now, DELETION_DAYS * DAY_SECONDS)
  const { email } = await tx.user.update({
    where: { id: userId },
    data: { deletionDueAt: dueAt },
    select: { email: true },
  })
  await revokeAllSessions(tx, {
    userId,
    reason: 'account_deletion',
    client,
    now,
    ...(by && { details: { by } }),
  })
  const values = by
    ? { dueAt, requestedAt: now, origin: null }
    : { dueAt, requestedAt: now, origin: { device: deviceName(client.userAgent), address: client.ipAddress } }
  // Beyond the limit of mails to one address the owner has been notified several times within the hour.
  await queueMail(tx, { kind: 'account_deletion', to: email, userId, values })
  return dueAt
}
