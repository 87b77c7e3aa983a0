import type { Tx } from '#lib/db/client.ts'

/** The lock order is user, session, token (docs/decisions/0003-sessions-and-access-tokens.md). */
export async function lockUser(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`
  return rows.length > 0
}
