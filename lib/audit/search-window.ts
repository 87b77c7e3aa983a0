import { Prisma } from '#lib/db/generated/client.ts'
import { leastId } from '#lib/uuid.ts'
import type { EventType } from './catalogue.ts'

export type EventFilter = {
  types?: readonly EventType[] | undefined
  userId?: string | undefined
  /** An address, or the /64 of an IPv6 one as `Client.network` spells it. */
  ipAddress?: string | undefined
  success?: boolean | undefined
  /** Inclusive; `until` is exclusive. */
  since?: Date | undefined
  until?: Date | undefined
}

/** The range of ids of a search: `from` inclusive, `below` exclusive. */
export type IdBounds = { from: string; below: string }

/** A condition as a filter, and as index scans: one per value, because each is sorted by id; none without an index. */
type Condition = { filter: Prisma.Sql; scans: Prisma.Sql[] }

const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Ids sort by time, so times and a cursor limit the same range. */
export function boundsOf({ since, until }: EventFilter, cursor?: string): IdBounds {
  const ends = [until && leastId(until), cursor?.toLowerCase()].filter((end) => end !== undefined)
  return { from: since ? leastId(since) : FIRST_ID, below: ends.sort()[0] ?? LAST_ID }
}

function conditionsOf({ userId, ipAddress, types = [], success }: EventFilter): Condition[] {
  const conditions: Condition[] = []
  const add = (filter: Prisma.Sql, scans: Prisma.Sql[]) => conditions.push({ filter, scans })
  if (userId !== undefined) {
    const filter = Prisma.sql`user_id = ${userId}::uuid`
    add(filter, [filter])
  }
  if (ipAddress?.includes('/')) add(Prisma.sql`network = ${ipAddress}`, [])
  else if (ipAddress !== undefined) {
    const filter = Prisma.sql`ip_address = ${ipAddress}`
    add(filter, [filter])
  }
  if (types.length > 0) {
    add(
      Prisma.sql`event_type IN (${Prisma.join(types)})`,
      types.map((type) => Prisma.sql`event_type = ${type}`),
    )
  }
  if (success === true) add(Prisma.sql`success`, [])
  if (success === false) add(Prisma.sql`NOT success`, [Prisma.sql`NOT success`])
  return conditions
}

/** The first condition with an index drives the search, else the primary key. The others filter its newest entries. */
export function windowOf(
  filter: EventFilter,
  { from, below, windowSize }: IdBounds & { windowSize: number },
) {
  const conditions = conditionsOf(filter)
  const driving = conditions.find(({ scans }) => scans.length > 0)
  const filters = conditions.filter((condition) => condition !== driving).map((one) => one.filter)
  const scans = (driving?.scans ?? [Prisma.sql`TRUE`]).map(
    (scan) => Prisma.sql`(SELECT * FROM auth_events
      WHERE ${scan} AND id >= ${from}::uuid AND id < ${below}::uuid ORDER BY id DESC LIMIT ${windowSize})`,
  )
  // The limits also keep the planner from choosing another index.
  const entries = Prisma.sql`(SELECT * FROM (${Prisma.join(scans, ' UNION ALL ')}) AS scans
    ORDER BY id DESC LIMIT ${windowSize}) AS entries`
  return { entries, filters }
}
