import type { Reason, Subject } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'

/** The lookup of the account happens here, once per window: refusals must not take longer if it exists. */
export async function recordThrottledEvent(
  tx: Tx,
  { email, ...event }: Subject & { failureReason: Reason<'throttled'> },
): Promise<void> {
  const account =
    email === undefined ? null : await tx.user.findUnique({ where: { email }, select: { id: true } })
  const subject = account ? { userId: account.id } : email === undefined ? {} : { email }
  await record(tx, { ...event, ...subject, type: 'throttled' })
}
