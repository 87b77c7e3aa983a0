import type { Client } from '#lib/actor.ts'
import { cancelDeletion } from '#lib/auth/deletion/cancel-deletion.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import type { Tx } from '#lib/db/client.ts'

type Recovery = { userId: string; client: Client; now: Date }

/**
 * Takes an account from everyone who has its password or a session: ends all sessions, forgets all devices, deletes the
 * password, all links and a pending deletion. The transaction holds `lockUser`, so that no log-in in flight survives.
 * @returns the secret of a new link to choose a password, for the owner alone
 */
export async function startRecovery(tx: Tx, { userId, client, now }: Recovery): Promise<string> {
  await tx.accountLink.deleteMany({ where: { userId } })
  // Log-in answers as for a wrong password, with the same comparison, to an account without one.
  await tx.password.deleteMany({ where: { userId } })
  await revokeAllSessions(tx, { userId, reason: 'account_secured', client, now })
  const { email, lastLoginAt, deletionDueAt } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, lastLoginAt: true, deletionDueAt: true },
  })
  if (deletionDueAt) await cancelDeletion(tx, { userId, client })
  const token = newToken()
  // A log-in that was waited for may be later than `now`, and a later log-in ends such a link.
  const createdAt = new Date(Math.max(now.getTime(), lastLoginAt?.getTime() ?? 0))
  await createLink(tx, { userId, purpose: 'reset_password', token, email, now: createdAt })
  return token
}
