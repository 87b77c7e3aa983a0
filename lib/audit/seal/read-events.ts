import type { EventContent } from '#lib/audit/seal/event-mac.ts'
import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { isBefore, type Position } from './position.ts'

const PAGE_EVENTS = 5000

export type StoredEvent = EventContent &
  Position & {
    mac: Uint8Array | null
    /** Another row has this id: a primary key can be dropped, and does not cover inheriting tables. */
    isDuplicate?: boolean
  }

const COLUMNS = Prisma.sql`
  id, event_type AS "eventType", success, failure_reason AS "failureReason", user_id AS "userId",
  session_id AS "sessionId", email, ip_address AS "ipAddress", network, user_agent AS "userAgent",
  request_id AS "requestId", details, mac, era, xid::text AS xid,
  -- A time that no Date can hold was written by hand; any other value fails its MAC.
  CASE WHEN created_at BETWEEN '0001-01-01+00' AND '9999-12-31+00' THEN created_at ELSE 'epoch' END AS "createdAt"`

export function inRange(from: Position, to: Position | null): Prisma.Sql {
  const begin = Prisma.sql`(era, xid, id) >= (${from.era}::int, ${from.xid}::xid8, ${from.id}::uuid)`
  if (!to) return begin
  const range = Prisma.sql`${begin} AND (era, xid, id) < (${to.era}::int, ${to.xid}::xid8, ${to.id}::uuid)`
  if (from.era !== to.era) return range
  // Redundant, but PostgreSQL estimates a comparison of rows by its first column alone.
  return Prisma.sql`${range} AND era = ${to.era}::int AND xid BETWEEN ${from.xid}::xid8 AND ${to.xid}::xid8`
}

/** The first events of a range, in the order of sealing; `to: null` has no end. */
export function readEvents(
  tx: Tx,
  from: Position,
  to: Position | null,
  limit: number,
): Promise<StoredEvent[]> {
  // The table's xid: the plain name is the text column of the result.
  return tx.$queryRaw<StoredEvent[]>`
    SELECT ${COLUMNS} FROM auth_events AS event WHERE ${inRange(from, to)}
    ORDER BY event.era, event.xid, event.id LIMIT ${limit}`
}

export async function findEvent(tx: Tx, id: string): Promise<StoredEvent | undefined> {
  const [event] = await tx.$queryRaw<StoredEvent[]>`SELECT ${COLUMNS} FROM auth_events WHERE id = ${id}::uuid`
  return event
}

async function markDuplicates(tx: Tx, events: StoredEvent[]): Promise<StoredEvent[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM auth_events WHERE id = ANY(${events.map(({ id }) => id)}::uuid[]) GROUP BY id HAVING count(*) > 1`
  const duplicates = new Set(rows.map(({ id }) => id))
  return events.map((event) => ({ ...event, isDuplicate: duplicates.has(event.id) }))
}

export function eventCursor(tx: Tx, from: Position) {
  let next: Position | undefined = from
  let page: StoredEvent[] = []

  async function turnPage(): Promise<void> {
    if (page.length > 0 || !next) return
    page = await readEvents(tx, next, null, PAGE_EVENTS + 1)
    next = page[PAGE_EVENTS]
    page = await markDuplicates(tx, page.slice(0, PAGE_EVENTS))
  }

  return {
    async take(to: Position | null, limit: number): Promise<StoredEvent[]> {
      const taken: StoredEvent[] = []
      while (taken.length < limit) {
        await turnPage()
        const rest = page.slice(0, limit - taken.length)
        const end = to ? rest.findIndex((event) => !isBefore(event, to)) : -1
        const some = end === -1 ? rest : rest.slice(0, end)
        taken.push(...some)
        page = page.slice(some.length)
        if (some.length === 0) break
      }
      return taken
    },
  }
}
