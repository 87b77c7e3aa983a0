import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'

/** The transaction has locked the user's row. */
export async function cancelDeletion(
  tx: Tx,
  { userId, client }: { userId: string; client: Client },
): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { deletionDueAt: null }, select: { id: true } })
  await record(tx, { type: 'account_deletion_cancelled', client, userId })
}
