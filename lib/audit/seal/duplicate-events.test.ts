import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { recordEvents, sealAll } from '#lib/testing/seal-world.ts'
import { verifySeals } from './verify-seals.ts'

const COLUMNS = [
  ...['id', 'event_type', 'success', 'failure_reason', 'user_id', 'session_id', 'email', 'ip_address'],
  ...['network', 'user_agent', 'request_id', 'details', 'created_at', 'mac', 'era', 'xid'],
]
/** Four events under two seals, and two that are not sealed yet. */
let ids: string[]

beforeEach(async () => {
  await emptyTables()
  ids = []
  for (let batch = 0; batch < 2; batch++) {
    ids.push(...(await recordEvents(2)))
    await sealAll()
  }
  ids.push(...(await recordEvents(2)))
  // What reads auth_events reads its children, too; no primary key spans them.
  await db().$executeRaw`CREATE TABLE smuggled () INHERITS (auth_events)`
})

afterEach(() => db().$executeRaw`DROP TABLE smuggled`)

/** A second row with an event's id, with other values for some columns. */
async function addTwin(id: string, changes: Record<string, string>): Promise<void> {
  const values = COLUMNS.map((column) => changes[column] ?? column)
  await db().$executeRawUnsafe(
    `INSERT INTO smuggled (${COLUMNS}) SELECT ${values} FROM auth_events WHERE id = '${id}'`,
  )
}

const transactionOf = (index: number) => `(SELECT xid FROM auth_events WHERE id = '${ids[index]}')`

test.each<[string, number, () => Record<string, string>]>([
  ['a forged one before the original', 3, () => ({ email: "'x'", xid: transactionOf(2) })],
  ['a forged one in its very place', 3, () => ({ email: "'x'" })],
  ['a forged one in another batch', 3, () => ({ email: "'x'", xid: transactionOf(0) })],
  ['a forged one after the original', 2, () => ({ email: "'x'", xid: transactionOf(3) })],
  ['an exact copy', 3, () => ({})],
  ['a genuine one that happens once more, later', 3, () => ({ xid: 'pg_current_xact_id()' })],
  ['a genuine one that is not sealed', 5, () => ({ xid: 'pg_current_xact_id()' })],
])('reports a second event with the same id, before and after sealing: %s', async (_, index, changes) => {
  const found = { ok: false, error: { code: 'inserted', eventId: ids[index] } }
  await addTwin(ids[index]!, changes())
  expect(await verifySeals({ now: new Date() })).toEqual(found)
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toEqual(found)
})
