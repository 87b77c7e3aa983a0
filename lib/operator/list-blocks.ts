import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'

/** A network that is shut out for a time. */
export type BlockView = {
  network: string
  blockedUntil: Date
  /** An administrator's id; null for the command line. */
  blockedBy: string | null
  createdAt: Date
}

/**
 * A page of the blocks that have not ended, by network.
 * @param page `limit` blocks at most, after the network that `cursor` names
 * @returns the blocks, and the cursor of the next page or null at the end
 */
export async function listBlocks(
  _operator: Operator,
  { limit = PAGE_SIZE, cursor }: PageRequest = {},
  now = new Date(),
): Promise<{ blocks: BlockView[]; nextCursor: string | null }> {
  const found = await db().blockedNetwork.findMany({
    where: { blockedUntil: { gt: now }, ...(cursor && { network: { gt: cursor } }) },
    orderBy: { network: 'asc' },
    take: limit + 1,
    select: { network: true, blockedUntil: true, blockedBy: true, createdAt: true },
  })
  const { rows, nextCursor } = cutPage(found, limit, ({ network }) => network)
  return { blocks: rows, nextCursor }
}

/** Until when each of these networks is blocked; those that are not have no entry. */
export async function getBlockEnds(
  _operator: Operator,
  networks: string[],
  now = new Date(),
): Promise<Map<string, Date>> {
  const blocks = await db().blockedNetwork.findMany({
    where: { network: { in: networks }, blockedUntil: { gt: now } },
    select: { network: true, blockedUntil: true },
  })
  return new Map(blocks.map(({ network, blockedUntil }) => [network, blockedUntil]))
}
