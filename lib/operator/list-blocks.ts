import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'

export type BlockView = {
  network: string
  blockedUntil: Date
  /** The administrator's id; null for the command line. */
  blockedBy: string | null
  createdAt: Date
}

/** Reads a page of the active blocks, in the order of their networks, which are the cursors. */
export async function listBlocks(
  _operator: Operator,
  { limit = PAGE_SIZE, cursor, now }: PageRequest & { now: Date },
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

export async function getBlockEnds(
  _operator: Operator,
  networks: string[],
  { now }: { now: Date },
): Promise<Map<string, Date>> {
  const blocks = await db().blockedNetwork.findMany({
    where: { network: { in: networks }, blockedUntil: { gt: now } },
    select: { network: true, blockedUntil: true },
  })
  return new Map(blocks.map(({ network, blockedUntil }) => [network, blockedUntil]))
}
