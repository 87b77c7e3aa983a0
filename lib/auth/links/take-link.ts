import { hashToken } from '#lib/auth/hash-token.ts'
import { lockUser } from '#lib/auth/session/lock-user.ts'
import type { Tx } from '#lib/db/client.ts'
import { err, type Result } from '#lib/result.ts'
import { type DeadLink, findLink, type LinkOwner, type LinkPurpose, type Sought } from './find-link.ts'

/** Uses a link up in the transaction of its change, and locks the user's row. Of parallel uses one succeeds. */
export async function takeLink<Purpose extends LinkPurpose>(
  tx: Tx,
  sought: Sought<Purpose>,
): Promise<Result<LinkOwner<Purpose>, DeadLink>> {
  const found = await findLink(tx, sought)
  if (!found.ok) return found
  // A log-in, a change of the password and a disabling take the same lock.
  await lockUser(tx, found.value.userId)
  const link = await findLink(tx, sought)
  if (!link.ok) return link
  const { count } = await tx.accountLink.deleteMany({ where: { tokenHash: hashToken(sought.token) } })
  return count === 1 ? link : err({ reason: 'unknown_link' })
}
