import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Change as ChangeRow } from '#lib/db/generated/client.ts'
import { PAGE_SIZE } from '#lib/page.ts'
import type { Change } from './change.ts'

const PAGE_CHANGES = 500

type ChangePage = {
  changes: Change[]
  /** The `since` of the next request. */
  nextSince: number
  /** Changes after `since` are missing: they were too old, or the database was restored from a backup. */
  hasGap: boolean
}

/** The changes after `since`, oldest first. */
export async function listChanges(
  { userId }: Actor,
  { since = 0, limit = PAGE_SIZE }: { since?: number | undefined; limit?: number | undefined },
): Promise<ChangePage> {
  // The counter first: a change that commits in between is then in the list, not skipped.
  const counter = await db().taskCounter.findUnique({ where: { userId }, select: { seq: true } })
  const rows = await db().change.findMany({
    where: { userId, seq: { gt: since } },
    orderBy: { seq: 'asc' },
    take: limit,
  })
  const changes = rows.map(toChange)
  const last = Number(counter?.seq ?? 0)
  const [first] = changes
  return {
    changes,
    nextSince: changes.at(-1)?.seq ?? last,
    hasGap: first ? first.seq !== since + 1 : last !== since,
  }
}

/** All changes of the actor that are kept, newest first. Memory holds one page at a time. */
export async function* streamAllChanges({ userId }: Actor): AsyncGenerator<Change[]> {
  let before: number | undefined
  while (true) {
    const rows = await db().change.findMany({
      where: { userId, ...(before !== undefined && { seq: { lt: before } }) },
      orderBy: { seq: 'desc' },
      take: PAGE_CHANGES,
    })
    const changes = rows.map(toChange)
    yield changes
    before = changes.at(-1)?.seq
    if (changes.length < PAGE_CHANGES) return
  }
}

export function toChange({ seq, userId: _, ...change }: ChangeRow): Change {
  return { ...change, seq: Number(seq) } as Change
}
