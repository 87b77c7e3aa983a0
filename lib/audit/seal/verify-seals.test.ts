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

test('reports the numbers of an untouched trail', async () => {
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

test.each(EDITS)('reports an edited event: %s', async (edit) => {
  await tamper(`UPDATE auth_events SET ${edit} WHERE id = '${ids[5]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[5]))
})

test.each(EDITS.filter((edit) => !/^(mac = NULL|xid|era)/.test(edit)))(
  'reports an event that was edited before its sealing, before and after it: %s',
  async (edit) => {
    await tamper(`UPDATE auth_events SET ${edit} WHERE id = '${ids[8]}'`)
    expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[8]))
    await sealAll()
    expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[8]))
  },
)

test('reports an event with an edited id as removed under its old id', async () => {
  await tamper(`UPDATE auth_events SET id = gen_random_uuid() WHERE id = '${ids[1]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[1]))
})

test.each([
  ['first', 0],
  ['middle', 1],
  ['last', 3],
  ['first of the second', 4],
  ['last of all', 6],
])('reports a deleted event: the %s of a batch', async (_, index) => {
  await tamper(`DELETE FROM auth_events WHERE id = '${ids[index]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[index]))
})

test('reports the first event of a deleted batch', async () => {
  await tamper(`DELETE FROM auth_events WHERE id IN ('${ids.slice(4, 7).join("','")}')`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[4]))
  await tamper('TRUNCATE auth_events')
  expect(await verifySeals({ now: new Date() })).toEqual(problem('removed', ids[0]))
})

test('reports an event that was deleted with retention’s permission', async () => {
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
])('reports an inserted event: %s', async (_, changes) => {
  await tamper(copyOf(ids[5]!, changes))
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

test('reports an event that was inserted before its sealing', async () => {
  await tamper(copyOf(ids[5]!, { ...NEW, mac: 'NULL', xid: 'pg_current_xact_id()' }))
  await sealAll()
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

test('reports an inserted event among more than a batch can hold', async () => {
  for (let i = 0; i < 6; i++) {
    await tamper(copyOf(ids[4]!, { id: `'01900000-0000-7000-8000-00000000000${i}'` }))
  }
  expect(await verifySeals({ now: new Date() })).toEqual(problem('inserted', STRANGER))
})

test('reports the first of two swapped events', async () => {
  await tamper(`UPDATE auth_events a SET details = b.details, created_at = b.created_at, event_type = b.event_type
    FROM auth_events b WHERE a.id IN ('${ids[1]}', '${ids[5]}') AND b.id IN ('${ids[1]}', '${ids[5]}') AND a.id <> b.id`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[1]))
})

test('reports two events that also swapped their MACs', async () => {
  await tamper(`UPDATE auth_events a SET details = b.details, created_at = b.created_at, event_type = b.event_type,
    request_id = b.request_id, mac = b.mac
    FROM auth_events b WHERE a.id IN ('${ids[7]}', '${ids[8]}') AND b.id IN ('${ids[7]}', '${ids[8]}') AND a.id <> b.id`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[7]))
})

test('reports the first of several problems in the order of the chain', async () => {
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

test.each(SEAL_EDITS)('reports an edited seal: %s', async (edit) => {
  await tamper(`UPDATE audit_seals SET ${edit} WHERE number = 2`)
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', 2))
})

test('reports a seal whose entries and digest were forged for other events', async () => {
  await tamper(`DELETE FROM auth_events WHERE id = '${ids[6]}'`)
  await tamper(`UPDATE audit_seals SET entries = substring(entries FOR 64), event_count = 2,
    entries_digest = sha256(substring(entries FOR 64)) WHERE number = 2`)
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', 2))
})

test('reports a deleted seal, also the first one', async () => {
  await recordEvents(1)
  await sealAll()
  await tamper('DELETE FROM audit_seals WHERE number = 2')
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_removed', 2))
  await tamper('DELETE FROM audit_seals WHERE number = 1')
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_removed', 1))
})

test('reports swapped seals', async () => {
  await tamper('UPDATE audit_seals SET number = number + 10')
  await tamper('UPDATE audit_seals SET number = 13 - number')
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', 1))
})

test.each([0, 3])('reports a seal that was added by hand: number %i', async (number) => {
  await tamper(`INSERT INTO audit_seals SELECT ${number}, era, to_xid, to_id, event_count, total_count, entries,
    entries_digest, head, sealed_at, last_event_at FROM audit_seals WHERE number = 2`)
  expect(await verifySeals({ now: new Date() })).toEqual(sealProblem('seal_changed', number))
})

test('reports a cut tail when given a logged head', async () => {
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

test('reports an emptied trail when given a logged head', async () => {
  const head = headOf((await allSeals())[1])
  await tamper('TRUNCATE auth_events, audit_seals')
  expect(await verifySeals({ head, now: new Date() })).toEqual({
    ok: false,
    error: { code: 'head_not_found', lastSeal: 0 },
  })
})

test('reports a genuine event that was moved beyond the reach of sealing', async () => {
  await tamper(`UPDATE auth_events SET era = 5 WHERE id = '${ids[8]}'`)
  expect(await verifySeals({ now: new Date() })).toEqual(problem('changed', ids[8]))
})

test('verifies a trail while events are recorded and sealed', async () => {
  for (let round = 0; round < 5; round++) {
    const [result] = await Promise.all([verifySeals({ now: new Date() }), recordEvents(3), sealAll()])
    expect(result).toMatchObject({ ok: true })
  }
})
