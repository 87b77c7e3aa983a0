import type { AuthEventInput } from '#lib/audit/events.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'

/** Who is refused, as far as that is known before the account is looked up. */
export type Refused = Pick<AuthEventInput, 'client' | 'email' | 'userId' | 'sessionId'>

/**
 * Records that a throttle or a block refused an attempt. The account of an email address is looked up here, where it
 * happens once per window: a refusal must not take longer for an address that has one.
 */
export async function recordRefusal(
  tx: Tx,
  { email, ...refused }: Refused,
  failureReason: string,
  now?: Date,
): Promise<void> {
  const account =
    email === undefined ? null : await tx.user.findUnique({ where: { email }, select: { id: true } })
  const subject = account ? { userId: account.id } : email === undefined ? {} : { email }
  await record(tx, { ...refused, ...subject, type: 'throttled', failureReason }, now)
}
