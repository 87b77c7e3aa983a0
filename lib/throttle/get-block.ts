import { db } from '#lib/db/client.ts'

export type Block = { network: string; blockedUntil: Date; reported: boolean }

/** @param network as `networkOf` writes it */
export function getBlock(network: string, now: Date): Promise<Block | null> {
  return db().blockedNetwork.findUnique({
    where: { network, blockedUntil: { gt: now } },
    select: { network: true, blockedUntil: true, reported: true },
  })
}
