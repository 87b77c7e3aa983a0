import type { Reason, Subject } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'

/**
 * Records that a throttle or a block refused an attempt. The account of an email address is looked up here, where it
 * happens once per window: a refusal must not take longer for an address that has one.
 */
export async function recordRefusal(
  tx: Tx,
  { email, ...refused }: Subject,
  failureReason: Reason<'throttled'>,
  now?: Date,
): Promise<void> {
  const account =
    email === undefined ? null : await tx.user.findUnique({ where: { email }, select: { id: true } })
  const subject = account ? { userId: account.id } : email === undefined ? {} : { email }
  await record(tx, { ...refused, ...subject, type: 'throttled', failureReason }, now)
}
