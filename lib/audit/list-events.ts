import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { type AccountEvent, hideOperator } from './account-event.ts'
import type { EventType } from './catalogue.ts'
import { leastEventId } from './event-id.ts'

/** How many of the account's events one page looks at, so that a rare type among a million others is no long work. */
const WINDOW = 5_000

const BEYOND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export type EventFilter = {
  types?: readonly EventType[] | undefined
  success?: boolean | undefined
  /** Inclusive. */
  since?: Date | undefined
  /** Exclusive. */
  until?: Date | undefined
}

/**
 * A page of the actor's own events, newest first.
 * @param page `limit` events at most, older than the one that `cursor` names (its id: version 7 ids sort by time).
 *   Only the next `looksAt` events are looked at: with a filter a page may be short, even empty, and have a next one
 * @returns the events, and the cursor of the next page or null at the end
 */
export async function listEvents(
  actor: Actor,
  { types, success, since, until }: EventFilter,
  { limit = PAGE_SIZE, cursor, looksAt = WINDOW }: PageRequest & { looksAt?: number },
): Promise<{ events: AccountEvent[]; nextCursor: string | null }> {
  const end = until ? leastEventId(until) : BEYOND_ALL
  const range: Range = {
    userId: actor.userId,
    below: cursor && cursor.toLowerCase() < end ? cursor : end,
    from: leastEventId(since ?? new Date(0)),
    looksAt,
  }
  // Names and indexes only: a row is read when it is known to be shown.
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, event_type, success FROM auth_events
      WHERE user_id = ${range.userId}::uuid AND id < ${range.below}::uuid AND id >= ${range.from}::uuid
      ORDER BY id DESC LIMIT ${looksAt}
    ) AS looked_at
    WHERE (${types ?? null}::text[] IS NULL OR event_type = ANY (${types ?? null}::text[]))
      AND (${success ?? null}::boolean IS NULL OR success = ${success ?? null}::boolean)
    ORDER BY id DESC LIMIT ${limit + 1}`
  const page = cutPage(found, limit, ({ id }) => id)
  const ids = page.rows.map(({ id }) => id)
  const rows = await db().authEvent.findMany({
    where: { userId: actor.userId, id: { in: ids } },
    orderBy: { id: 'desc' },
    select: {
      id: true,
      eventType: true,
      success: true,
      failureReason: true,
      ipAddress: true,
      userAgent: true,
      sessionId: true,
      details: true,
      createdAt: true,
    },
  })
  const nextCursor = page.nextCursor ?? (await endOfWindow(range, ids.at(-1) ?? null))
  return { events: rows.map(hideOperator), nextCursor }
}

type Range = { userId: string; below: string; from: string; looksAt: number }

/**
 * Where the next page begins when this one ran out of events to look at; null if there are no more at all. Events
 * that came meanwhile move the window's end up, but never above what is shown already.
 */
async function endOfWindow({ userId, below, from, looksAt }: Range, lastShown: string | null) {
  const [end] = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM auth_events
    WHERE user_id = ${userId}::uuid AND id < ${below}::uuid AND id >= ${from}::uuid
    ORDER BY id DESC OFFSET ${looksAt - 1} LIMIT 1`
  if (!end) return null
  return lastShown !== null && lastShown < end.id ? lastShown : end.id
}
