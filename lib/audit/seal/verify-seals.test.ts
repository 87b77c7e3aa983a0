import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allSeals, recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { verifySeals } from './verify-seals.ts'

/** Two seals of four and three events, and two events that are not sealed yet. */
let ids: string[]

beforeEach(async () => {
  await emptyTables()
  ids = []
  for (const count of [4, 3]) {
    ids.push(...(await recordEvents(count)))
    await sealAll()
  }
  ids.push(...(await recordEvents(2)))
})

const problem = (code: string, eventId = '') => ({ ok: false, error: { code, eventId } })
const sealProblem = (code: string, seal: number) => ({ ok: false, error: { code, seal } })
const headOf = (seal: { head: Uint8Array } | undefined) => Buffer.from(seal!.head).toString('hex')

/** SQL that copies an event, with other values for some columns. */
function copyOf(id: string, changes: Record<string, string>): string {
  const columns = [
    ...['id', 'event_type', 'success', 'failure_reason', 'user_id', 'session_id', 'email', 'ip_address'],
    ...['network', 'user_agent', 'request_id', 'details', 'created_at', 'mac', 'era', 'xid'],
  ]
  const values = columns.map((column) => changes[column] ?? column)
  return `INSERT INTO auth_events (${columns}) SELECT ${values} FROM auth_events WHERE id = '${id}'`
}

test('a trail that nobody touched is sound, and says how far', async () => {
  const seals = await allSeals()
  expect(await verifySeals({ now: new Date() })).toEqual({
    ok: true,
    value: {
      seals: 2,
      events: 7,
      pruned: { seals: 0, events: 0 },
      unsealed: { events: 2, since: expect.any(Date) },
      head: headOf(seals[1]),
    },
  })
  for (const seal of seals)
    expect(await verifySeals({ head: headOf(seal).toUpperCase(), now: new Date() })).toMatchObject({
      ok: true,
    })
})

const EDITS = [
  ...["event_type = 'x'", 'success = NOT success', "failure_reason = 'x'", 'user_id = gen_random_uuid()'],
  ...['session_id = gen_random_uuid()', "email = 'a@b.c'", "ip_address = '192.0.2.1'", "network = 'x'"],
  ...['user_agent = NULL', 'request_id = NULL', "details = '{}'", "created_at = created_at + '1 ms'"],
  ...["created_at = 'infinity'", "created_at = '4713-01-01 BC'", 'details = \'{"number": "1"}\''],
  ...['mac = NULL', "mac = '\\x00'", 'era = 1', 'era = -1', "xid = '3'", "xid = '18446744073709551615'"],
]

test.each(EDITS)('an edited event is named: %s', async (edit) => {
  await tamper(`UPDATE auth_events SET ${edit} WHERE id = '${ids[5]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[5]))
})

test.each(EDITS.filter((edit) => !/^(mac = NULL|xid|era)/.test(edit)))(
  'an event that was edited before it was sealed is named, then and later: %s',
  async (edit) => {
    await tamper(`UPDATE auth_events SET ${edit} WHERE id = '${ids[8]}'`)
    expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[8]))
    await sealAll()
    expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[8]))
  },
)

test('an event whose id was edited is missed under its old one', async () => {
  await tamper(`UPDATE auth_events SET id = gen_random_uuid() WHERE id = '${ids[1]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[1]))
})

test.each([
  ['first', 0],
  ['middle', 1],
  ['last', 3],
  ['first of the second', 4],
  ['last of all', 6],
])('a deleted event is named: the %s of a batch', async (_, index) => {
  await tamper(`DELETE FROM auth_events WHERE id = '${ids[index]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[index]))
})

test('of a whole batch that was deleted, the first event is named', async () => {
  await tamper(`DELETE FROM auth_events WHERE id IN ('${ids.slice(4, 7).join("','")}')`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[4]))
  await tamper('TRUNCATE auth_events')
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[0]))
})

test('deleting by the door of retention is no less found out', async () => {
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('taskward.retention', 'on', true)`
    await tx.$executeRaw`DELETE FROM auth_events WHERE id = ${ids[0]}::uuid`
  })
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[0]))
})

const STRANGER = '01900000-0000-7000-8000-000000000000'
const NEW = { id: `'${STRANGER}'` }

test.each([
  ['among sealed ones', NEW],
  ['among sealed ones, without a MAC', { ...NEW, mac: 'NULL' }],
  ['as the newest one, with a copied MAC', { ...NEW, xid: 'pg_current_xact_id()' }],
  ['as the newest one, without a MAC', { ...NEW, mac: 'NULL', xid: 'pg_current_xact_id()' }],
  ['before all others', { ...NEW, xid: "'0'" }],
  ['before all eras', { ...NEW, era: '-5' }],
  ['beyond all eras', { ...NEW, era: '2147483647' }],
  ['with a transaction that has not been yet', { ...NEW, xid: "'18446744073709551615'" }],
])('an inserted event is named: %s', async (_, changes) => {
  await tamper(copyOf(ids[5]!, changes))
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

test('an event that was inserted before a sealing is named afterwards', async () => {
  await tamper(copyOf(ids[5]!, { ...NEW, mac: 'NULL', xid: 'pg_current_xact_id()' }))
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

test('more inserted events than the batch has room for do not hide the others', async () => {
  for (let i = 0; i < 6; i++) {
    await tamper(copyOf(ids[4]!, { id: `'01900000-0000-7000-8000-00000000000${i}'` }))
  }
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

test('of two events that were swapped, the first one is named', async () => {
  await tamper(`UPDATE auth_events a SET details = b.details, created_at = b.created_at, event_type = b.event_type
    FROM auth_events b WHERE a.id IN ('${ids[1]}', '${ids[5]}') AND b.id IN ('${ids[1]}', '${ids[5]}') AND a.id <> b.id`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[1]))
})

test('two events that swapped their MACs, too, are named', async () => {
  await tamper(`UPDATE auth_events a SET details = b.details, created_at = b.created_at, event_type = b.event_type,
    request_id = b.request_id, mac = b.mac
    FROM auth_events b WHERE a.id IN ('${ids[7]}', '${ids[8]}') AND b.id IN ('${ids[7]}', '${ids[8]}') AND a.id <> b.id`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[7]))
})

test('of several problems the first in the order of the chain is named', async () => {
  await tamper(`UPDATE auth_events SET email = 'x' WHERE id = '${ids[6]}'`)
  await tamper(`DELETE FROM auth_events WHERE id = '${ids[4]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[4]))
  await tamper(copyOf(ids[6]!, { ...NEW, xid: "'1'" }))
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

const SEAL_EDITS = [
  ...['era = 1', "to_xid = '18446744073709551615'", 'to_id = gen_random_uuid()', 'event_count = 2'],
  ...['total_count = 70', "entries = '\\x00'", "entries_digest = '\\x00'", "head = '\\x00'"],
  ...["sealed_at = sealed_at + '1 ms'", "last_event_at = 'infinity'"],
]

test.each(SEAL_EDITS)('an edited seal is named: %s', async (edit) => {
  await tamper(`UPDATE audit_seals SET ${edit} WHERE number = 2`)
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', 2))
})

test('a seal whose entries and digest were made to fit other events is named', async () => {
  await tamper(`DELETE FROM auth_events WHERE id = '${ids[6]}'`)
  await tamper(`UPDATE audit_seals SET entries = substring(entries FOR 64), event_count = 2,
    entries_digest = sha256(substring(entries FOR 64)) WHERE number = 2`)
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', 2))
})

test('a deleted seal is named, the first one too', async () => {
  await recordEvents(1)
  await sealAll()
  await tamper('DELETE FROM audit_seals WHERE number = 2')
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_removed', 2))
  await tamper('DELETE FROM audit_seals WHERE number = 1')
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_removed', 1))
})

test('seals that changed places are named', async () => {
  await tamper('UPDATE audit_seals SET number = number + 10')
  await tamper('UPDATE audit_seals SET number = 13 - number')
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', 1))
})

test.each([0, 3])('a seal that was added by hand is named: number %i', async (number) => {
  await tamper(`INSERT INTO audit_seals SELECT ${number}, era, to_xid, to_id, event_count, total_count, entries,
    entries_digest, head, sealed_at, last_event_at FROM audit_seals WHERE number = 2`)
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', number))
})

test('a tail that was cut off is found by the head that was logged', async () => {
  const head = headOf((await allSeals())[1])
  const cut = { ok: false, error: { code: 'head_not_found', lastSeal: 1 } }
  await tamper(`DELETE FROM auth_events WHERE id IN ('${ids.slice(4).join("','")}')`)
  await tamper('DELETE FROM audit_seals WHERE number = 2')
  expect(await verifySeals({ now: new Date() })).toMatchObject({ ok: true })
  expect(await verifySeals({ head, now: new Date() })).toEqual(cut)
  await recordEvents(3)
  await sealAll()
  expect(await verifySeals({ head, now: new Date() })).toMatchObject({
    ok: false,
    error: { code: 'head_not_found' },
  })
})

test('a trail that was emptied altogether is found by the head that was logged', async () => {
  const head = headOf((await allSeals())[1])
  await tamper('TRUNCATE auth_events, audit_seals')
  expect(await verifySeals({ head, now: new Date() })).toEqual({
    ok: false,
    error: { code: 'head_not_found', lastSeal: 0 },
  })
})

test('a genuine event that was moved to where no sealing would reach it is named', async () => {
  await tamper(`UPDATE auth_events SET era = 5 WHERE id = '${ids[8]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[8]))
})

test('what is recorded and sealed while it verifies does no harm', async () => {
  for (let round = 0; round < 5; round++) {
    const [result] = await Promise.all([verifySeals({ now: new Date() }), recordEvents(3), sealAll()])
    expect(result).toMatchObject({ ok: true })
  }
})
