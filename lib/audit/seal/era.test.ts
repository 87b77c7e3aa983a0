import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allSeals, recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { beginEraIfRestored, currentEra } from './era.ts'
import { FIRST } from './position.ts'
import { readEvents } from './read-events.ts'
import { packEntries } from './seal-entries.ts'
import { sealEvents } from './seal-events.ts'
import { digestOf, GENESIS, sealHead } from './seal-head.ts'
import { verifySeals } from './verify-seals.ts'

const AHEAD = 1_000_000_000n

beforeEach(emptyTables)

afterEach(async () => {
  await db().$executeRaw`ALTER TABLE auth_events ALTER COLUMN era SET DEFAULT 0`
})

/** Makes the database what a dump of a busier cluster would be: its events and its seal, genuine, with later transactions. */
async function comeFromAnotherCluster(): Promise<void> {
  await recordEvents(3)
  await tamper(`UPDATE auth_events SET xid = (xid::text::bigint + ${AHEAD})::text::xid8`)
  await sealAsThere()
}

/** Seals the first two events as that cluster would have done. */
async function sealAsThere(): Promise<void> {
  const [a, b, tail] = await readEvents(db(), FIRST, null, 3)
  const entries = packEntries([a!, b!])
  const seal = {
    ...{ number: 1, era: 0, toXid: tail!.xid, toId: tail!.id, eventCount: 2, totalCount: 2n },
    ...{
      entriesDigest: digestOf(entries),
      sealedAt: new Date(),
      lastEventAt: b!.createdAt,
      prunedThrough: null,
    },
  }
  await db().$executeRaw`
    INSERT INTO audit_seals (number, era, to_xid, to_id, event_count, total_count, entries, entries_digest, head,
      sealed_at, last_event_at)
    VALUES (1, 0, ${seal.toXid}::xid8, ${seal.toId}::uuid, 2, 2, ${entries}, ${seal.entriesDigest},
      ${sealHead(seal, GENESIS)}, ${seal.sealedAt}, ${seal.lastEventAt})`
}

test('keeps the era in the same cluster', async () => {
  await beginEraIfRestored()
  await recordEvents(2)
  await sealAll()
  await recordEvents(1)
  await beginEraIfRestored()
  expect(await currentEra(db())).toBe(0)
})

test('begins one new era after a restore and continues the chain', async () => {
  await comeFromAnotherCluster()
  expect(await verifySeals({ now: new Date() })).toMatchObject({
    ok: true,
    value: { events: 2, unsealed: { events: 1 } },
  })
  await Promise.all([beginEraIfRestored(), beginEraIfRestored()])
  expect(await currentEra(db())).toBe(1)
  await recordEvents(2)
  const eras = await db().$queryRaw`SELECT era, count(*)::int FROM auth_events GROUP BY era ORDER BY era`
  expect(eras).toEqual([
    { era: 0, count: 3 },
    { era: 1, count: 2 },
  ])
  await sealAll()
  await recordEvents(1)
  await sealAll()
  expect(await allSeals()).toMatchObject([{ era: 0 }, { era: 1, eventCount: 3 }, { era: 1, totalCount: 6n }])
  expect(await verifySeals({ now: new Date() })).toMatchObject({ ok: true, value: { seals: 3, events: 6 } })
})

test('begins a new era on sealing after a restore', async () => {
  await comeFromAnotherCluster()
  await sealEvents(new Date())
  expect(await currentEra(db())).toBe(1)
})

test('begins a new era when the restored database has no seals', async () => {
  await recordEvents(2)
  await tamper(`UPDATE auth_events SET xid = (xid::text::bigint + ${AHEAD})::text::xid8`)
  await beginEraIfRestored()
  await recordEvents(1)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toMatchObject({ ok: true, value: { seals: 1, events: 3 } })
})

test('begins another era after a second restore', async () => {
  await comeFromAnotherCluster()
  await sealEvents(new Date())
  await recordEvents(1)
  await tamper(`UPDATE auth_events SET xid = (xid::text::bigint + ${AHEAD})::text::xid8 WHERE era = 1`)
  await sealEvents(new Date())
  expect(await currentEra(db())).toBe(2)
  await recordEvents(1)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toMatchObject({ ok: true, value: { events: 5 } })
})

test('seals events after a manual reset of the era', async () => {
  await comeFromAnotherCluster()
  await sealEvents(new Date())
  await db().$executeRaw`ALTER TABLE auth_events ALTER COLUMN era SET DEFAULT 0`
  await sealEvents(new Date())
  expect(await currentEra(db())).toBe(2)
})
