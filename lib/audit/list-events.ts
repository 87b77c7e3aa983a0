import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { leastId } from '#lib/uuid.ts'
import { type AccountEvent, EVENT_COLUMNS, hideOperator } from './account-event.ts'
import type { EventType } from './catalogue.ts'

/** Events that one page searches, so that a rare type among a million events takes no longer. */
const WINDOW_SIZE = 5_000

const BEYOND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export type EventFilter = {
  types?: readonly EventType[] | undefined
  success?: boolean | undefined
  /** Inclusive; `until` is exclusive. */
  since?: Date | undefined
  until?: Date | undefined
}

/**
 * @param page at most `limit` events older than `cursor`. With a filter it may be empty and still have a next one
 * @returns the events, newest first, and the cursor of the next page or null at the end
 */
export async function listEvents(
  actor: Actor,
  { types, success, since, until }: EventFilter,
  { limit = PAGE_SIZE, cursor, windowSize = WINDOW_SIZE }: PageRequest & { windowSize?: number },
): Promise<{ events: AccountEvent[]; nextCursor: string | null }> {
  const end = until ? leastId(until) : BEYOND_ALL
  const range: Range = {
    userId: actor.userId,
    below: cursor && cursor.toLowerCase() < end ? cursor : end,
    from: leastId(since ?? new Date(0)),
    windowSize,
  }
  // From the index alone. Only the rows of the page are read.
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, event_type, success FROM auth_events
      WHERE user_id = ${range.userId}::uuid AND id < ${range.below}::uuid AND id >= ${range.from}::uuid
      ORDER BY id DESC LIMIT ${windowSize}
    ) AS searched
    WHERE (${types ?? null}::text[] IS NULL OR event_type = ANY (${types ?? null}::text[]))
      AND (${success ?? null}::boolean IS NULL OR success = ${success ?? null}::boolean)
    ORDER BY id DESC LIMIT ${limit + 1}`
  const page = cutPage(found, limit, ({ id }) => id)
  const ids = page.rows.map(({ id }) => id)
  const rows = await db().authEvent.findMany({
    where: { userId: actor.userId, id: { in: ids } },
    orderBy: { id: 'desc' },
    select: EVENT_COLUMNS,
  })
  const nextCursor = page.nextCursor ?? (await endOfWindow(range, ids.at(-1) ?? null))
  return { events: rows.map(hideOperator), nextCursor }
}

type Range = { userId: string; below: string; from: string; windowSize: number }

/** Null without further events. Events recorded meanwhile move it up, but never above the last event of the page. */
async function endOfWindow({ userId, below, from, windowSize }: Range, lastShown: string | null) {
  const [end] = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM auth_events
    WHERE user_id = ${userId}::uuid AND id < ${below}::uuid AND id >= ${from}::uuid
    ORDER BY id DESC OFFSET ${windowSize - 1} LIMIT 1`
  if (!end) return null
  return lastShown !== null && lastShown < end.id ? lastShown : end.id
}
