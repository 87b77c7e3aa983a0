import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createOperator, createUser } from '#lib/testing/factories.ts'
import { edgeQuery, pageQuery, searchEvents } from './search-events.ts'
import { boundsOf, type EventFilter } from './search-window.ts'

const START = new Date('2026-03-01T00:00:00Z')
const EVENTS = 60_000
/** So many in one statement, which has ten seconds even on a busy machine. */
const BATCH = 10_000
const NETWORK = '2001:db8:0:7::/64'

let operator: Operator
let ada: { id: string; email: string }

/** One event per second: log-ins and failures, some of a known account, few of an address and of a rare type. */
beforeAll(async () => {
  await emptyTables()
  operator = await createOperator()
  ada = await createUser({ email: 'ada@example.com' })
  const stranger = randomUUID()
  for (let first = 0; first < EVENTS; first += BATCH) {
    await db().$executeRaw`
      INSERT INTO auth_events (id, event_type, success, failure_reason, user_id, email, ip_address, network, created_at)
      SELECT (lpad(to_hex(extract(epoch FROM at)::bigint * 1000), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0')
                || '8000' || lpad(to_hex(n), 12, '0'))::uuid,
        CASE WHEN n % 5000 = 7 THEN 'role_changed' WHEN n % 3 = 0 THEN 'login' ELSE 'login_failed' END,
        n % 5000 = 7 OR n % 3 = 0, CASE WHEN n % 5000 = 7 OR n % 3 = 0 THEN NULL ELSE 'wrong_password' END,
        CASE WHEN n % 1000 = 0 THEN ${ada.id}::uuid WHEN n % 2 = 0 THEN ${stranger}::uuid END,
        CASE WHEN n % 2 = 1 THEN 'nobody@example.com' END,
        CASE WHEN n % 700 = 0 THEN '203.0.113.50' ELSE '198.51.100.' || n % 250 END,
        CASE WHEN n % 900 = 0 THEN ${NETWORK} END, at
      FROM generate_series(${first}::int, ${first + BATCH - 1}::int) AS n, LATERAL (SELECT ${START}::timestamptz + n * interval '1 second' AS at)`
  }
  await db().$executeRaw`ANALYZE auth_events`
}, 180_000)

afterAll(emptyTables)

const at = (second: number) => new Date(START.getTime() + second * 1000)

const FILTERS: [string, EventFilter | (() => EventFilter)][] = [
  ['nothing', {}],
  ['an account', () => ({ userId: ada.id })],
  ['an account in upper case', () => ({ userId: ada.id.toUpperCase() })],
  ['an account and an outcome', () => ({ userId: ada.id, success: false })],
  [
    'an account, an address, a type and times',
    () => ({
      userId: ada.id,
      ipAddress: '203.0.113.50',
      types: ['login', 'login_failed'],
      since: at(5000),
      until: at(50_000),
    }),
  ],
  ['an address', { ipAddress: '203.0.113.50' }],
  ['an address and types', { ipAddress: '203.0.113.50', types: ['login_failed', 'role_changed'] }],
  ['a network', { ipAddress: NETWORK, since: at(30_000) }],
  ['a network and a type', { ipAddress: NETWORK, types: ['login'] }],
  ['a network and failures', { ipAddress: NETWORK, success: false }],
  ['a rare type', { types: ['role_changed'] }],
  ['several types', { types: ['role_changed', 'login'], since: at(45_000) }],
  ['a type that never has this outcome', { types: ['login_failed'], success: true }],
  ['a type without events', { types: ['alert'] }],
  ['failures', { success: false, until: at(2000) }],
  ['successes', { success: true, since: at(58_000) }],
  ['times', { since: at(1000), until: at(1500) }],
  ['times the wrong way round', { since: at(1500), until: at(1000) }],
]

/** The same by the plainest query there is. */
async function expected({ userId, ipAddress, types, success, since, until }: EventFilter): Promise<string[]> {
  const rows = await db().authEvent.findMany({
    where: {
      ...(userId && { userId }),
      ...(ipAddress && { [ipAddress.includes('/') ? 'network' : 'ipAddress']: ipAddress }),
      ...(types && { eventType: { in: [...types] } }),
      ...(success !== undefined && { success }),
      createdAt: { ...(since && { gte: since }), ...(until && { lt: until }) },
    },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

async function readAll(filter: EventFilter, limit: number, windowSize: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await searchEvents(operator, { ...filter, limit, cursor }, { windowSize, maxSearchMs: 0 })
    expect(page.events.length).toBeLessThanOrEqual(limit)
    ids.push(...page.events.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return ids
}

describe.each(FILTERS)('by %s', (_name, given) => {
  const filter = () => (typeof given === 'function' ? given() : given)

  test.each([
    [2000, 20_000],
    [700, 2000],
  ])(
    'pages of %i in windows of %i return exactly the matching events, newest first',
    async (limit, windowSize) => {
      expect(await readAll(filter(), limit, windowSize)).toEqual(await expected(filter()))
    },
  )

  test('no query scans the whole table', async () => {
    for (const cursor of [undefined, (await searchEvents(operator, {})).events.at(-1)?.id]) {
      const bounds = boundsOf(filter(), cursor)
      for (const query of [edgeQuery(filter(), bounds), pageQuery(filter(), bounds, { count: 51 })]) {
        const scans = scansOf(await explain(query), 'auth_events')
        expect(scans.length).toBeGreaterThan(0)
        expect(scans.map((scan) => scan['Node Type'])).toEqual(
          scans.map(() => expect.stringMatching(/^(Index|Bitmap)/)),
        )
        for (const scan of scans) expect(scan['Actual Rows']).toBeLessThanOrEqual(2_000)
        for (const scan of scans) expect(scan['Rows Removed by Filter'] ?? 0).toBeLessThan(EVENTS * 0.75)
      }
    }
  })
})

test('continues after windows without a match', async () => {
  const filter = { ipAddress: NETWORK, since: at(EVENTS - 20_000) }
  expect(await readAll(filter, 50, 300)).toEqual(await expected(filter))
})

test('returns searchedBackTo only where the time ended the search', async () => {
  const rare = { types: ['login_failed'], success: true } as const
  const none = await searchEvents(operator, rare, { windowSize: 20_000, maxSearchMs: 0 })
  expect(none.events).toEqual([])
  // Two of three events are failures, but for the rare ones: the 20,000th of them is 30,000 seconds back.
  expect(none.searchedBackTo?.getTime()).toBeCloseTo(at(EVENTS - 30_000).getTime(), -5)
  expect(none.nextCursor).not.toBeNull()
  const few = await searchEvents(operator, { userId: ada.id, limit: 200 })
  expect(few).toMatchObject({ nextCursor: null, searchedBackTo: null })
  const full = await searchEvents(operator, { success: true, limit: 7 })
  expect(full.searchedBackTo).toBeNull()
  expect(full.nextCursor).toBe(full.events[6]?.id)
})

test('searches more than one window while there is time', async () => {
  const patient = { windowSize: 300, maxSearchMs: 60_000 }
  const { events, nextCursor } = await searchEvents(operator, { types: ['role_changed'] }, patient)
  expect(events.map(({ id }) => id)).toEqual(await expected({ types: ['role_changed'] }))
  expect(nextCursor).toBeNull()
})

test('returns the account’s email, else what was typed', async () => {
  const [own] = (await searchEvents(operator, { userId: ada.id, limit: 1 })).events
  expect(own).toMatchObject({ userId: ada.id, email: 'ada@example.com', createdAt: expect.any(Date) })
  const { events } = await searchEvents(operator, { limit: 2 })
  expect(events.map(({ email }) => email)).toEqual(['nobody@example.com', null])
})

type Node = Record<string, unknown> & { Plans?: Node[] }

async function explain(query: Prisma.Sql): Promise<Node> {
  const [row] = await db().$queryRaw<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${query}`,
  )
  return row!['QUERY PLAN'][0]!.Plan
}

/** How a plan reads a table. */
function scansOf(node: Node, table: string): Node[] {
  const inner = (node.Plans ?? []).flatMap((child) => scansOf(child, table))
  return node['Relation Name'] === table ? [node, ...inner] : inner
}
