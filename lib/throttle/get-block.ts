import { preparedRead } from '#lib/db/prepared-statement.ts'

export type Block = { network: string; blockedUntil: Date; reported: boolean }

const readBlocks = preparedRead<Block>(`
  SELECT network, blocked_until AS "blockedUntil", reported FROM blocked_networks
  WHERE network = $1 AND blocked_until > $2::timestamptz`)

/** @param network as `networkOf` writes it */
export async function getBlock(network: string, now: Date): Promise<Block | null> {
  const [block] = await readBlocks(network, now)
  return block ?? null
}
