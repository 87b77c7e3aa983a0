import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { recordEvents, tamper } from '#lib/testing/seal-world.ts'
import { FIRST, isBefore, LEAST_ID } from './position.ts'
import { eventCursor, readEvents } from './read-events.ts'

/** Their ids go up; their places in the order of sealing, as [era, xid], do not. */
const PLACES = [
  [0, '1000'],
  [0, '18446744073709551615'],
  [1, '7'],
  [0, '999'],
  [0, '1000'],
] as const
const IN_ORDER = [3, 0, 4, 1, 2]
let ids: string[]

beforeEach(async () => {
  await emptyTables()
  ids = await recordEvents(PLACES.length)
  for (const [i, [era, xid]] of PLACES.entries()) {
    await tamper(`UPDATE auth_events SET era = ${era}, xid = '${xid}' WHERE id = '${ids[i]}'`)
  }
})

const idsOf = (events: { id: string }[]) => events.map(({ id }) => ids.indexOf(id))

test('reads events in order of era, numeric transaction id and id', async () => {
  expect(idsOf(await readEvents(db(), FIRST, null, 10))).toEqual(IN_ORDER)
})

test('compares positions as the database orders them', async () => {
  const events = await readEvents(db(), FIRST, null, 10)
  for (const [i, a] of events.entries()) {
    for (const [j, b] of events.entries()) expect(isBefore(a, b)).toBe(i < j)
  }
})

test('a range includes its start and excludes its end', async () => {
  const [, from, , to] = await readEvents(db(), FIRST, null, 10)
  expect(idsOf(await readEvents(db(), from!, to!, 10))).toEqual(IN_ORDER.slice(1, 3))
})

test('a cursor returns every event once, up to the requested end', async () => {
  const cursor = eventCursor(db(), FIRST)
  expect(idsOf(await cursor.take({ era: 0, xid: '1000', id: LEAST_ID }, 10))).toEqual([3])
  expect(idsOf(await cursor.take({ era: 0, xid: '1000', id: LEAST_ID }, 10))).toEqual([])
  expect(idsOf(await cursor.take(null, 2))).toEqual([0, 4])
  expect(idsOf(await cursor.take(null, 10))).toEqual([1, 2])
  expect(await cursor.take(null, 10)).toEqual([])
})
