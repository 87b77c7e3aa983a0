import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countEvents } from '#lib/audit/count-events.ts'
import { eventRow } from '#lib/audit/event-row.ts'
import { db } from '#lib/db/client.ts'
import { takeConnectionLock } from '#lib/db/locks.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { makeClient } from '#lib/testing/factories.ts'
import { allSeals, recordEvents, sealAll, settle, tamper } from '#lib/testing/seal-world.ts'
import { beginChain, sealEvents } from './seal-events.ts'
import { verifySeals } from './verify-seals.ts'

/** A second connection, whose transactions the test ends when it likes. */
let other: pg.Client

beforeEach(async () => {
  await emptyTables()
  other = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await other.connect()
})

afterEach(() => other.end())

type Row = Omit<ReturnType<typeof eventRow>, 'details' | 'mac'> & { mac: Buffer | null }

/** Many events with genuine MACs. */
function manyRows(count: number): Row[] {
  return Array.from({ length: count }, () =>
    eventRow({ type: 'login', client: makeClient() }, new Date()),
  ).map(({ details: _, ...row }) => row)
}

const COLUMNS = 'id, event_type, success, ip_address, network, user_agent, request_id, mac, created_at'

/** In one statement: Prisma's client would take as long for thousands of rows as a transaction may last. */
async function insertOnTheOther(rows: Row[]): Promise<void> {
  const values = rows.map((row) => ({
    id: row.id,
    event_type: row.eventType,
    success: row.success,
    ip_address: row.ipAddress,
    network: row.network,
    user_agent: row.userAgent,
    request_id: row.requestId,
    mac: row.mac && `\\x${row.mac.toString('hex')}`,
    created_at: row.createdAt,
  }))
  await other.query(
    `INSERT INTO auth_events (${COLUMNS}) SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::auth_events, $1)`,
    [JSON.stringify(values)],
  )
}

const sound = (seals: number, events: number, unsealed = 0) => ({
  ok: true,
  value: { seals, events, unsealed: { events: unsealed } },
})

test('seals the events after the last seal and counts each once', async () => {
  await recordEvents(3)
  expect(await sealAll()).toBe(3)
  await recordEvents(2)
  expect(await sealAll()).toBe(2)
  expect(await allSeals()).toMatchObject([
    { number: 1, eventCount: 3, totalCount: 3n },
    { number: 2, eventCount: 2, totalCount: 5n },
  ])
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(2, 5))
  const counts = await countEvents(COMMAND_LINE, { since: new Date(0), by: 'day', now: new Date() })
  expect(counts.map(({ count }) => count).reduce((a, b) => a + b)).toBe(5)
  expect(await db().authEventCount.aggregate({ _sum: { count: true } })).toEqual({ _sum: { count: 5 } })
})

test('writes no seal without events', async () => {
  expect(await sealAll()).toBe(0)
  await recordEvents(1)
  await sealAll()
  expect(await sealAll()).toBe(0)
  expect(await allSeals()).toHaveLength(1)
})

test('seals an event whose transaction commits late, and does not report it as inserted', async () => {
  await other.query('BEGIN')
  const [late] = manyRows(1)
  await insertOnTheOther([late!])
  await recordEvents(2)
  expect(await sealEvents(new Date())).toBe(0)
  const muchLater = new Date(Date.now() + 6 * 60_000)
  await expect(sealEvents(muchLater), 'a stall is no success').rejects.toThrow(/wait to be sealed/)
  await other.query('COMMIT')
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(0, 0, 3))
  expect(await sealAll()).toBe(3)
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(1, 3))
  expect(await db().authEvent.count({ where: { id: late!.id } })).toBe(1)
})

test('throws when another session holds the lock and events have waited', async () => {
  await recordEvents(1)
  await takeConnectionLock(other, 'seals')
  expect(await sealEvents(new Date()), 'another instance may be at it').toBe(0)
  const muchLater = new Date(Date.now() + 6 * 60_000)
  await expect(sealEvents(muchLater)).rejects.toThrow(/wait to be sealed/)
})

test('seals events that committed before a long transaction began', async () => {
  await recordEvents(2)
  await settle()
  await other.query('BEGIN')
  await insertOnTheOther(manyRows(1))
  await recordEvents(3)
  expect(await sealEvents(new Date())).toBe(2)
  await other.query('COMMIT')
  expect(await sealAll()).toBe(4)
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(2, 6))
})

test('verifies a trail after a rolled back transaction', async () => {
  await other.query('BEGIN')
  await insertOnTheOther(manyRows(1))
  await recordEvents(1)
  await other.query('ROLLBACK')
  expect(await sealAll()).toBe(1)
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(1, 1))
})

test('builds one chain with each event once when instances seal in parallel', async () => {
  for (let round = 0; round < 3; round++) {
    await recordEvents(5)
    await Promise.all(Array.from({ length: 4 }, () => sealEvents(new Date())))
  }
  await sealAll()
  expect((await verifySeals({ now: new Date() })).ok).toBe(true)
  expect((await allSeals()).at(-1)?.totalCount).toBe(15n)
})

test('seals one transaction in several batches', async () => {
  await insertOnTheOther(manyRows(5001))
  await recordEvents(1)
  expect(await sealAll()).toBe(5002)
  expect((await allSeals()).map(({ eventCount }) => eventCount)).toEqual([5000, 2])
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(2, 5002))
})

test('seals exactly one full batch', async () => {
  await insertOnTheOther(manyRows(5000))
  expect(await sealAll()).toBe(5000)
  expect(await allSeals()).toHaveLength(1)
  await recordEvents(1)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(2, 5001))
})

test('seals events without MACs in as many batches as they need', async () => {
  await insertOnTheOther(manyRows(5003).map((row) => ({ ...row, mac: null })))
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(0, 0, 5003))
  await recordEvents(1)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(2, 5004))
})

const INSERT = `INSERT INTO auth_events (id, event_type, success, created_at)
  VALUES ('01900000-0000-7000-8000-000000000000', 'login', true, now())`
const INSERTED = { ok: false, error: { code: 'inserted', eventId: '01900000-0000-7000-8000-000000000000' } }

test('seals a new trail before its first event, so that no event without a MAC is accepted', async () => {
  await beginChain(new Date())
  expect(await allSeals()).toMatchObject([{ number: 1, eventCount: 0, totalCount: 0n }])
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(1, 0))
  await tamper(INSERT)
  expect(await verifySeals({ now: new Date() })).toEqual(INSERTED)
  await recordEvents(2)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toEqual(INSERTED)
})

test('writes no first seal into a trail that has seals or events without MACs', async () => {
  await tamper(INSERT)
  await beginChain(new Date())
  expect(await allSeals()).toEqual([])
  await sealAll()
  await beginChain(new Date())
  expect(await allSeals()).toHaveLength(1)
  expect(await verifySeals({ now: new Date() })).toMatchObject(sound(1, 1))
})
