import type { Client } from '#lib/actor.ts'
import { DELETION_DAYS } from '#lib/auth/policy.ts'
import { notifyOwner } from '#lib/auth/recovery/notify-owner.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import type { Tx } from '#lib/db/client.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'

type Request = { userId: string; client: Client; by?: string; now: Date }

/**
 * Ends all sessions and notifies the account's address. The transaction has locked the user's row.
 * @returns when the account is deleted
 */
export async function scheduleDeletion(tx: Tx, { userId, client, by, now }: Request): Promise<Date> {
  const dueAt = secondsLater(now, DELETION_DAYS * DAY_SECONDS)
  await tx.user.update({ where: { id: userId }, data: { deletionDueAt: dueAt }, select: { id: true } })
  await revokeAllSessions(tx, {
    userId,
    reason: 'account_deletion',
    client,
    now,
    ...(by && { details: { by } }),
  })
  await notifyOwner(tx, {
    userId,
    client: by ? null : client,
    now,
    toMail: (values) => ({ kind: 'account_deletion', values: { ...values, dueAt } }),
  })
  return dueAt
}
