import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { QUOTAS } from '#lib/tasks/errors.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, createSession, createUser, makeTask } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { statementsOf } from '#lib/testing/statements-of.ts'
import { DAY_MS } from '#lib/time.ts'
import { newId } from '#lib/uuid.ts'
import { POST as UNDO } from '../../changes/[batchId]/undo/route.ts'
import { GET as CHANGES } from '../../changes/route.ts'
import { POST as POST_LIST } from '../../lists/route.ts'
import { POST as CREATE, GET } from '../route.ts'
import { POST } from './route.ts'

let headers: Record<string, string>

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
})

async function send(handler: typeof POST, body?: object, params: object = {}) {
  const request = makeRequest({ method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) })
  const answer = await handler(request, { params: Promise.resolve({ userId: 'me', ...params }) })
  return { status: answer.status, ...(await answer.json()) }
}

const run = (...operations: unknown[]) => send(POST, { operations })
const create = (fields: object) => ({ op: 'create', ...fields })
const titles = async () => (await send(GET)).data.map(({ title }: { title: string }) => title)

test('operations run in their order, and one undo takes all of them back', async () => {
  const [water, buy] = (await run(create({ title: 'Water' }), create({ title: 'Buy' }))).data
  const answer = await run(
    { op: 'update', id: water.id, title: 'Water the ferns', priority: 1 },
    { op: 'complete', id: buy.id },
    create({ title: 'Call', labels: ['phone'] }),
    { op: 'delete', id: water.id },
  )
  expect(answer).toMatchObject({
    status: 200,
    data: [
      { id: water.id, title: 'Water the ferns', priority: 1 },
      { id: buy.id, is_completed: true },
      { title: 'Call', labels: ['phone'], is_completed: false },
      null,
    ],
    meta: { batch_id: expect.any(String), count: 4, request_id: expect.any(String) },
  })
  expect(await titles()).toEqual(['Call', 'Buy'])
  const { data } = await send(UNDO, undefined, { batchId: answer.meta.batch_id })
  expect([data.undone.length, data.skipped]).toEqual([3, []])
  expect(await titles()).toEqual(['Buy', 'Water'])
})

test('what a batch takes back is not recorded, and keeps its version', async () => {
  const repeat = { rule: 'FREQ=DAILY' }
  const [water] = (await run(create({ title: 'Water', due_on: '2026-11-29', repeat }))).data
  const id = newId(new Date())
  const answer = await run(
    { op: 'complete', id: water.id },
    { op: 'update', id: water.id, is_completed: false },
    create({ title: 'Buy', id }),
    { op: 'delete', id },
  )
  expect(answer).toMatchObject({ status: 200, meta: { batch_id: null } })
  expect(answer.data[1]).toEqual(water)
  expect((await send(GET)).data).toEqual([water])
  const request = makeRequest({ headers })
  const changes = await (await CHANGES(request, { params: Promise.resolve({ userId: 'me' }) })).json()
  expect(changes.meta).toMatchObject({ count: 1, next_since: 1, has_gap: false })
  expect(await db().task.count()).toBe(1)
})

test('an operation finds what the ones before it did', async () => {
  const id = newId(new Date())
  const answer = await run(
    create({ id, title: 'a' }),
    { op: 'update', id, title: 'b' },
    create({ title: 'c' }),
    { op: 'update', id, after_id: null },
    { op: 'update', id, due_on: '2026-12-24' },
    { op: 'update', id, due_time: '09:30' },
  )
  expect(answer.data.at(-1)).toMatchObject({ id, title: 'b', due_time: '09:30', version: 1 })
  expect(answer.data[3].position < answer.data[2].position).toBe(true)
  expect(await titles()).toEqual(['c', 'b'])
  expect((await send(CHANGES)).data).toHaveLength(2)
  const gone = await run({ op: 'delete', id }, { op: 'update', id, title: 'x' })
  expect(gone).toMatchObject({ status: 404, error: { details: [{ field: 'operations.1.id' }] } })
  expect(await titles()).toEqual(['c', 'b'])
})

describe('nothing happens, and the operation and its field are named,', () => {
  let id: string

  beforeEach(async () => {
    id = (await run(create({ title: 'Mine' }))).data[0].id
  })

  test.each<[string, unknown, string, number]>([
    ['an unknown op', { op: 'move' }, '.op', 400],
    ['no object', 'create', '', 400],
    ['no title', create({}), '.title', 400],
    ['an invalid day', create({ title: 'x', due_on: '2026-02-30' }), '.due_on', 400],
    ['a time without a day', create({ title: 'x', due_time: '09:30' }), '.due_time', 400],
    ['no id', { op: 'delete' }, '.id', 400],
    ['a version of zero', { op: 'complete', id: 'x', version: 0 }, '.version', 400],
    ['an unknown id', { op: 'complete', id: randomUUID() }, '.id', 404],
    ['a malformed id', { op: 'delete', id: "' OR 1=1 --" }, '.id', 404],
    ['an unknown list', create({ title: 'x', list_id: randomUUID() }), '.list_id', 404],
  ])('for %s', async (_, operation, field, status) => {
    const answer = await run({ op: 'update', id, title: 'Changed' }, operation)
    expect([answer.status, answer.error.details[0].field]).toEqual([status, `operations.1${field}`])
    expect(await titles()).toEqual(['Mine'])
  })

  test('for an unknown place', async () => {
    const answer = await run({ op: 'update', id, after_id: randomUUID() })
    expect(answer).toMatchObject({ status: 404, error: { details: [{ field: 'operations.0.after_id' }] } })
  })

  test('for a list of another account, as for an unknown one, and the attempt is recorded', async () => {
    const list = (await send(POST_LIST, { name: 'Home' })).data.id
    headers = bearer(
      (await withAccessToken(await createSession(await createUser()), new Date())).access.token,
    )
    const foreign = await run(create({ title: 'x', list_id: list }))
    const unknown = await run(create({ title: 'x', list_id: randomUUID() }))
    expect([foreign.status, foreign.error]).toEqual([404, unknown.error])
    expect(await allEvents()).toMatchObject([{ failureReason: 'foreign_list' }])
  })

  test("for another user's task, as for an unknown one, and the attempt is recorded", async () => {
    const theirs = await makeTask(await createActor(), { title: 'Theirs' })
    for (const op of ['update', 'complete', 'delete']) {
      const foreign = await run({ op: 'update', id, title: 'Changed' }, { op, id: theirs.id })
      const unknown = await run({ op: 'update', id, title: 'Changed' }, { op, id: randomUUID() })
      expect([foreign.status, foreign.error]).toEqual([404, unknown.error])
    }
    expect(await titles()).toEqual(['Mine'])
    expect(await db().task.findUnique({ where: { id: theirs.id } })).toMatchObject({ version: 1 })
    expect(await allEvents()).toHaveLength(3)
  })

  test('for a version that is not the one before the batch', async () => {
    const rename = (title: string, version: number) => ({ op: 'update', id, title, version })
    expect(await run(rename('one', 1), rename('two', 1))).toMatchObject({
      status: 200,
      data: [{ version: 2 }, { version: 2, title: 'two' }],
    })
    const answer = await run(create({ title: 'x' }), rename('three', 1))
    expect(answer).toMatchObject({
      status: 412,
      error: {
        code: 'VERSION_MISMATCH',
        details: [{ field: 'operations.1.version', id, title: 'two', version: 2 }],
      },
    })
    expect(await titles()).toEqual(['two'])
  })

  test('for too many open tasks', async () => {
    await db().taskCounter.updateMany({ data: { openTasks: QUOTAS.open_tasks - 1 } })
    expect(await run(create({ title: 'a' }), create({ title: 'b' }))).toMatchObject({
      status: 409,
      error: { code: 'QUOTA_EXCEEDED', details: [{ limit: QUOTAS.open_tasks }] },
    })
    expect(await run({ op: 'complete', id }, create({ title: 'a' }), create({ title: 'b' }))).toMatchObject({
      status: 200,
    })
  })
})

test.each([[undefined], [[]], ['x'], [{}], [Array.from({ length: 101 }, () => create({ title: 'x' }))]])(
  'the operations %j get 400',
  async (operations) => {
    const answer = await send(POST, { operations })
    expect([answer.status, answer.error.details[0].field]).toEqual([400, 'operations'])
  },
)

test('a hundred operations take as many statements as two, also where tasks repeat', async () => {
  const ids = Array.from({ length: 100 }, () => newId(new Date()))
  await run(...ids.map((id) => create({ id, title: 'x', repeat: { rule: 'FREQ=DAILY' } })))
  const complete = (some: string[]) => () => run(...some.map((id) => ({ op: 'complete', id })))
  const few = await statementsOf(complete(ids.slice(0, 2)))
  const many = await statementsOf(complete(ids.slice(2)))
  expect(many.length).toBe(few.length)
})

describe('a task with an id of the client', () => {
  const make = (id: string, title = 'Water') => send(CREATE, { id, title })

  test('is made once, however often it is sent', async () => {
    const id = newId(new Date())
    const answers = await Promise.all([make(id), make(id.toUpperCase()), make(id, 'Water again')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
    expect(new Set(answers.map(({ data }) => data.title)).size).toBe(1)
    expect(await make(id)).toMatchObject({ status: 200, data: { id }, meta: { batch_id: null } })
    expect(await titles()).toHaveLength(1)
    expect((await run(create({ id, title: 'x' }))).data).toMatchObject([{ id, version: 1 }])
  })

  test('is not made again after its deletion, nor with the id of another account', async () => {
    const id = newId(new Date())
    await make(id)
    await run({ op: 'delete', id })
    expect(await make(id)).toMatchObject({ status: 404 })
    const theirs = await makeTask(await createActor(), { title: 'Theirs' })
    expect(await make(theirs.id)).toMatchObject({ status: 404 })
    expect(await run(create({ id: theirs.id, title: 'x' }))).toMatchObject({
      status: 404,
      error: { details: [{ field: 'operations.0.id' }] },
    })
    expect(await db().task.findUnique({ where: { id: theirs.id } })).toMatchObject({ title: 'Theirs' })
    expect(await titles()).toEqual([])
  })

  const days = (count: number) => newId(new Date(Date.now() + count * DAY_MS))

  test.each([randomUUID(), days(-31), days(2), '1', '', null, 7, {}])(
    'that is no new one is ignored: %j',
    async (id) => {
      const { status, data } = await make(id as string)
      expect([status, data.id === id]).toEqual([201, false])
    },
  )

  test('that was made offline is used', async () => {
    const id = days(-29)
    expect(await make(id)).toMatchObject({ status: 201, data: { id } })
  })
})
