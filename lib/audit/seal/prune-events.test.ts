import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents } from '#lib/testing/factories.ts'
import { allSeals, recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { pruneEvents } from './prune-events.ts'
import { verifySeals } from './verify-seals.ts'

/** When the events of today have served their time, and a day before. */
const inDays = (days: number) => secondsLater(new Date(), days * DAY_SECONDS)
let ids: string[]

/** Three seals of two events each, and one event that is not sealed. */
beforeEach(async () => {
  await emptyTables()
  ids = []
  for (let batch = 0; batch < 3; batch++) {
    ids.push(...(await recordEvents(2)))
    await sealAll()
  }
  ids.push(...(await recordEvents(1)))
})

/** Makes the first seal's time pass: its events are pruned alone. */
async function pruneTheFirst(): Promise<void> {
  const seals = await allSeals()
  const between = (seals[0]!.lastEventAt.getTime() + seals[1]!.lastEventAt.getTime()) / 2
  await pruneEvents(secondsLater(new Date(Math.ceil(between)), 400 * DAY_SECONDS))
}

test('prunes nothing before the retention ends', async () => {
  expect(await pruneEvents(inDays(399))).toBe(0)
  expect(await allEvents()).toHaveLength(7)
})

test('prunes a batch when its newest event is too old, and keeps the chain verifiable', async () => {
  const head = (await verifySeals({ now: new Date() })) as { value: { head: string } }
  await pruneTheFirst()
  expect((await allEvents()).map(({ id }) => id)).toEqual(ids.slice(2))
  expect(await verifySeals({ head: head.value.head, now: new Date() })).toMatchObject({
    ok: true,
    value: { seals: 3, events: 4, pruned: { seals: 1, events: 2 }, unsealed: { events: 1 } },
  })
  await recordEvents(1)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toMatchObject({ ok: true, value: { seals: 4, events: 6 } })
})

test('prunes all sealed batches in one run and keeps unsealed events', async () => {
  expect(await pruneEvents(inDays(401))).toBe(6)
  expect((await allEvents()).map(({ id }) => id)).toEqual(ids.slice(6))
  expect(await pruneEvents(inDays(401))).toBe(0)
  expect(await verifySeals({ now: new Date() })).toMatchObject({
    ok: true,
    value: { events: 0, pruned: { seals: 3, events: 6 } },
  })
})

test('prunes each batch once when instances run in parallel', async () => {
  const dropped = await Promise.all([1, 2, 3].map(() => pruneEvents(inDays(401))))
  dropped.push(await pruneEvents(inDays(401)))
  expect(dropped.reduce((a, b) => a + b)).toBe(6)
  expect((await verifySeals({ now: new Date() })).ok).toBe(true)
})

test('reports a batch that something other than retention deleted', async () => {
  await tamper(`DELETE FROM auth_events WHERE id IN ('${ids[0]}', '${ids[1]}')`)
  await tamper(
    "UPDATE audit_seals SET entries = NULL, pruned_at = now(), pruned_mac = '\\x00' WHERE number = 1",
  )
  expect(await verifySeals({ now: new Date() })).toEqual({
    ok: false,
    error: { code: 'pruned_without_right', seal: 1 },
  })
})

test('rejects the proof of another seal’s pruning', async () => {
  await pruneTheFirst()
  await tamper(`DELETE FROM auth_events WHERE id IN ('${ids[2]}', '${ids[3]}')`)
  await tamper(`UPDATE audit_seals a SET entries = NULL, pruned_at = b.pruned_at, pruned_mac = b.pruned_mac
    FROM audit_seals b WHERE a.number = 2 AND b.number = 1`)
  expect(await verifySeals({ now: new Date() })).toEqual({
    ok: false,
    error: { code: 'pruned_without_right', seal: 2 },
  })
})

test('reports a changed time of pruning', async () => {
  await pruneTheFirst()
  await tamper("UPDATE audit_seals SET pruned_at = pruned_at + '1 day' WHERE number = 1")
  expect(await verifySeals({ now: new Date() })).toEqual({
    ok: false,
    error: { code: 'pruned_without_right', seal: 1 },
  })
})

test('reports an event that was inserted into a pruned range', async () => {
  await pruneTheFirst()
  await tamper(`INSERT INTO auth_events (id, event_type, success, created_at, xid)
    VALUES ('01900000-0000-7000-8000-000000000000', 'login', true, now(), '5')`)
  expect(await verifySeals({ now: new Date() })).toEqual({
    ok: false,
    error: { code: 'inserted', eventId: '01900000-0000-7000-8000-000000000000' },
  })
})

test.each([
  ['given an old time', "UPDATE audit_seals SET last_event_at = '2000-01-01' WHERE number = 1"],
  ['widened', "UPDATE audit_seals SET to_xid = '18446744073709551615' WHERE number = 1"],
  ['orphaned', 'DELETE FROM audit_seals WHERE number = 1'],
])('retention throws for a seal that was %s, and signs nothing', async (_, sql) => {
  await tamper(sql)
  await expect(pruneEvents(inDays(401))).rejects.toThrow(/was tampered with/)
  expect(await allEvents()).toHaveLength(7)
  expect((await verifySeals({ now: new Date() })).ok).toBe(false)
})

test('the permission to delete ends with retention’s transaction', async () => {
  await pruneEvents(inDays(401))
  await expect(db().authEvent.deleteMany()).rejects.toThrow(/append-only/)
})

test('verifies a trail while it is being pruned', async () => {
  for (let round = 0; round < 10; round++) {
    const verified = Array.from({ length: 4 }, () => verifySeals({ now: new Date() }))
    const [, ...results] = await Promise.all([pruneEvents(inDays(401)), ...verified])
    for (const result of results) expect(result).toMatchObject({ ok: true })
    await recordEvents(2)
    await sealAll()
  }
})
