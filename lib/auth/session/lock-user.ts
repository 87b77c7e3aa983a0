import type { Tx } from '#lib/db/client.ts'

/**
 * Whatever starts or ends sessions of an account as a whole locks the user's row first, then sessions, then tokens
 * (docs/decisions/0003-sessions-and-access-tokens.md).
 * @returns whether the user exists
 */
export async function lockUser(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`
  return rows.length > 0
}
