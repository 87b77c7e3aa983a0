import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeClient } from '#lib/testing/factories.ts'
import { putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import type { EventType } from './catalogue.ts'
import type { UncheckedEvent } from './event-row.ts'
import { type EventFilter, listEvents } from './list-events.ts'

const START = new Date('2026-11-20T12:00:00Z')
const client = makeClient()
let ada: Actor
let eve: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
  eve = await createActor()
})

function put({ userId }: Actor, type: EventType, at: Date, own: Partial<UncheckedEvent> = {}) {
  return putEvents({ at, event: { type, client, userId, ...own } })
}

/** Events of alternating types, all within one millisecond, with those of a neighbour between them. */
async function fill(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await put(ada, i % 3 === 0 ? 'login' : 'token_refreshed', START)
    await put(eve, 'login', START)
  }
}

async function idsOf(type?: EventType): Promise<string[]> {
  const where = { userId: ada.userId, ...(type && { eventType: type }) }
  return (await db().authEvent.findMany({ where, orderBy: { id: 'desc' } })).map(({ id }) => id)
}

/** All pages, one after the other, with what may happen between them. */
async function readAll(
  filter: EventFilter,
  paging: { limit?: number; windowSize?: number },
  between: () => Promise<unknown> = async () => {},
) {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listEvents(ada, filter, { ...paging, cursor })
    pages.push(page.events.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
    await between()
  } while (cursor)
  return pages
}

test('returns no events for a new account', async () => {
  await put(eve, 'login', START)
  expect(await listEvents(ada, {}, {})).toEqual({ events: [], nextCursor: null })
})

test('returns the event’s columns without its MAC and its network', async () => {
  const sessionId = randomUUID()
  await put(ada, 'access_denied', START, {
    failureReason: 'foreign_task',
    sessionId,
    details: { task_id: 'x' },
  })
  expect((await listEvents(ada, {}, {})).events).toEqual([
    {
      id: expect.any(String),
      eventType: 'access_denied',
      success: false,
      failureReason: 'foreign_task',
      ipAddress: client.ipAddress,
      userAgent: 'vitest',
      sessionId,
      details: { task_id: 'x' },
      createdAt: START,
    },
  ])
})

test.each([
  [undefined, 20_000, [50, 10]],
  [1, 20_000, Array(60).fill(1)],
  [7, 20_000, [...Array(8).fill(7), 4]],
  [60, 20_000, [60]],
  [7, 3, [...Array(20).fill(3), 0]],
  [7, 7, [...Array(8).fill(7), 4]],
])(
  'pages of %s in windows of %s return 60 events of one millisecond without a gap or a repetition',
  async (limit, windowSize, sizes) => {
    await fill(60)
    const pages = await readAll({}, { ...(limit && { limit }), windowSize })
    expect(pages.map((page) => page.length)).toEqual(sizes)
    expect(pages.flat()).toEqual(await idsOf())
  },
)

test.each([1, 2, 3, 5, 8, 13, 59, 60, 61])(
  'a filter finds all matching events in windows of %s, some of them empty',
  async (windowSize) => {
    await fill(60)
    const logIns = await idsOf('login')
    expect(logIns).toHaveLength(20)
    for (const limit of [1, 3, 20, 200]) {
      expect((await readAll({ types: ['login'] }, { limit, windowSize })).flat()).toEqual(logIns)
    }
    expect((await readAll({ types: ['logout'] }, { windowSize })).flat()).toEqual([])
  },
)

test('new events between two pages cause no repetition and no gap', async () => {
  await fill(30)
  const logIns = await idsOf('login')
  const ids = await readAll({ types: ['login'] }, { limit: 2, windowSize: 4 }, () => fill(3))
  expect(ids.flat()).toEqual(logIns)
})

test('filters by outcome and by time, start inclusive, end exclusive', async () => {
  const times = [0, 1, 2, 3].map((seconds) => secondsLater(START, seconds))
  for (const at of times) {
    await put(ada, 'login', at)
    await put(ada, 'login_failed', at, { failureReason: 'wrong_password' })
  }
  const described = async (filter: EventFilter) =>
    (await listEvents(ada, filter, {})).events.map(
      ({ eventType, createdAt }) => `${eventType} ${(createdAt.getTime() - START.getTime()) / 1000}`,
    )
  const [, since, , until] = times
  expect(await described({ success: false })).toEqual([3, 2, 1, 0].map((second) => `login_failed ${second}`))
  expect(await described({ success: true, since, until })).toEqual(['login 2', 'login 1'])
  expect(await described({ since: until })).toEqual(['login_failed 3', 'login 3'])
  expect(await described({ until: since, types: ['login'] })).toEqual(['login 0'])
  expect(await described({ types: [] })).toEqual([])
})

test('a cursor never reveals events of other accounts or outside the requested time', async () => {
  await fill(5)
  const foreign = await db().authEvent.findFirstOrThrow({ where: { userId: eve.userId } })
  const cursors = [foreign.id, 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF']
  const own = await idsOf()
  for (const cursor of [...cursors, '00000000-0000-0000-0000-000000000000']) {
    for (const { id } of (await listEvents(ada, {}, { cursor })).events) expect(own).toContain(id)
    expect((await listEvents(ada, { until: START }, { cursor })).events).toEqual([])
  }
})

test('hides the id, address and browser of an administrator who acted', async () => {
  await put(ada, 'role_changed', START, { details: { by: eve.userId, role: 'admin' } })
  await put(ada, 'session_revoked', START, { details: { reason: 'ended_by_operator' } })
  await put(ada, 'session_revoked', START, { details: { reason: 'account_disabled' } })
  await put(ada, 'session_revoked', START, { details: { reason: 'replaced' } })
  const { events } = await listEvents(ada, {}, {})
  const nowhere = { ipAddress: null, userAgent: null }
  expect(events).toMatchObject([
    { details: { reason: 'replaced' }, ipAddress: client.ipAddress, userAgent: 'vitest' },
    { details: { reason: 'account_disabled' }, ...nowhere },
    { details: { reason: 'ended_by_operator' }, ...nowhere },
    { details: { role: 'admin' }, ...nowhere },
  ])
  expect(JSON.stringify(events)).not.toContain(eve.userId)
})

test('searches 5,000 events per page and returns the cursor for the next', async () => {
  await db().$executeRaw`
    INSERT INTO auth_events (id, event_type, success, user_id, created_at)
    SELECT (lpad(to_hex(number), 8, '0') || '-0000-7000-8000-000000000000')::uuid, 'token_refreshed', true,
      ${ada.userId}::uuid, now()
    FROM generate_series(1, 8000) AS number`
  const filter = { types: ['login'] } as const
  const nextCursor = '00000bb9-0000-7000-8000-000000000000'
  expect(await listEvents(ada, filter, {})).toEqual({ events: [], nextCursor })
  expect(await listEvents(ada, filter, { cursor: nextCursor })).toEqual({ events: [], nextCursor: null })
})
