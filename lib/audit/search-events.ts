import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import type { EventType } from './catalogue.ts'
import { boundsOf, type EventFilter, type IdBounds, windowOf } from './search-window.ts'

/** Index entries per query: few enough for a short query on any disk. */
const WINDOW_SIZE = 2_000
const MAX_SEARCH_MS = 50

export type FoundEvent = {
  id: string
  eventType: EventType
  success: boolean
  failureReason: string | null
  userId: string | null
  /** Of the account, if it still exists; else what was typed, where no account had it. */
  email: string | null
  sessionId: string | null
  ipAddress: string | null
  userAgent: string | null
  requestId: string | null
  details: Record<string, string | number | boolean> | null
  createdAt: Date
}

type Search = EventFilter & PageRequest

/**
 * Searches one index, newest first and window by window, until the page is full or `maxSearchMs` have passed.
 * @returns the cursor of the next page, or null at the end; `searchedBackTo` if the time ended the search
 */
export async function searchEvents(
  _operator: Operator,
  { limit = PAGE_SIZE, cursor, ...filter }: Search,
  { windowSize = WINDOW_SIZE, maxSearchMs = MAX_SEARCH_MS } = {},
): Promise<{ events: FoundEvent[]; nextCursor: string | null; searchedBackTo: Date | null }> {
  const endsAt = performance.now() + maxSearchMs
  const found: FoundEvent[] = []
  let bounds = boundsOf(filter, cursor)
  let edge: Edge | undefined
  do {
    ;[edge] = await db().$queryRaw<Edge[]>(edgeQuery(filter, bounds, { windowSize }))
    const searched = edge ? { ...bounds, from: edge.id } : bounds
    const missing = limit + 1 - found.length
    found.push(
      ...(await db().$queryRaw<FoundEvent[]>(pageQuery(filter, searched, { count: missing, windowSize }))),
    )
    if (found.length > limit) {
      const { rows, nextCursor } = cutPage(found, limit, ({ id }) => id)
      return { events: rows, nextCursor, searchedBackTo: null }
    }
    if (edge) bounds = { ...bounds, below: edge.id }
  } while (edge && performance.now() < endsAt)
  return { events: found, nextCursor: edge?.id ?? null, searchedBackTo: edge?.createdAt ?? null }
}

type Edge = { id: string; createdAt: Date }

/** The last entry of a full window. Queried first, so that events recorded in the meantime do not move it. */
export function edgeQuery(
  filter: EventFilter,
  bounds: IdBounds,
  { windowSize = WINDOW_SIZE } = {},
): Prisma.Sql {
  const { entries } = windowOf(filter, { ...bounds, windowSize })
  return Prisma.sql`SELECT id, created_at AS "createdAt" FROM auth_events WHERE id = (
    SELECT id FROM ${entries} ORDER BY id DESC OFFSET ${windowSize - 1} LIMIT 1)`
}

export function pageQuery(
  filter: EventFilter,
  bounds: IdBounds,
  { count, windowSize = WINDOW_SIZE }: { count: number; windowSize?: number },
): Prisma.Sql {
  const { entries, filters } = windowOf(filter, { ...bounds, windowSize })
  const condition = filters.length > 0 ? Prisma.join(filters, ' AND ') : Prisma.sql`TRUE`
  return Prisma.sql`
    SELECT found.id, event_type AS "eventType", success, failure_reason AS "failureReason", user_id AS "userId",
           coalesce(users.email, found.email) AS email, session_id AS "sessionId", ip_address AS "ipAddress",
           user_agent AS "userAgent", request_id AS "requestId", details, found.created_at AS "createdAt"
    FROM (SELECT * FROM ${entries} WHERE ${condition} ORDER BY id DESC LIMIT ${count}) AS found
    LEFT JOIN users ON users.id = found.user_id
    ORDER BY found.id DESC`
}
