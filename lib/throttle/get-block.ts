import { db } from '#lib/db/client.ts'

export type Block = { network: string; blockedUntil: Date; reported: boolean }

/** The block that an operator put on a network (as `network()` names it), if it has not ended yet. */
export function getBlock(network: string, now = new Date()): Promise<Block | null> {
  return db().blockedNetwork.findUnique({
    where: { network, blockedUntil: { gt: now } },
    select: { network: true, blockedUntil: true, reported: true },
  })
}
