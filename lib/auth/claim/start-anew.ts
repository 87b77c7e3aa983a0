import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import type { StoredPassword } from '#lib/auth/password/hash-password.ts'
import type { VerifiedCredentials } from '#lib/auth/verify-credentials.ts'
import type { Tx } from '#lib/db/client.ts'

type Claim = { userId: string; email: string; stored: StoredPassword; client: Client; now: Date }

/**
 * Deletes an abandoned account, and creates one for the owner of its address. With another id, no row of the first account
 * can belong to the second. The transaction has locked the user's row.
 */
export async function startAnew(
  tx: Tx,
  { userId: abandonedId, email, stored, client, now }: Claim,
): Promise<VerifiedCredentials> {
  await tx.user.delete({ where: { id: abandonedId }, select: { id: true } })
  await record(tx, { type: 'account_deleted', client, userId: abandonedId })
  const password = { create: { ...stored, changedAt: now } }
  const { id: userId } = await tx.user.create({
    data: { email, emailVerified: now, password },
    select: { id: true },
  })
  await record(tx, { type: 'signup', client, userId })
  return { userId, passwordChangedAt: now, rehashed: null }
}
