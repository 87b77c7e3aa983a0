import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { formatCursor } from '#lib/tasks/query/cursor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { newId } from '#lib/uuid.ts'
import { POST as UNDO } from './changes/[batchId]/undo/route.ts'
import { GET as CHANGES } from './changes/route.ts'
import { PATCH as CHANGE_LIST } from './lists/[listId]/route.ts'
import { POST as CREATE_LIST } from './lists/route.ts'
import { PATCH as COMPLETE } from './tasks/[taskId]/complete/route.ts'
import { PATCH as CHANGE, DELETE } from './tasks/[taskId]/route.ts'
import { POST as BATCH } from './tasks/batch/route.ts'
import { POST as QUICK } from './tasks/quick/route.ts'
import { POST as CREATE, GET } from './tasks/route.ts'

type Handler = typeof GET
let headers: Record<string, string>
/** Of rows that exist, in both cases, and of none. */
let ids: Record<'task' | 'TASK' | 'list' | 'LIST' | 'none', string>

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
  const body = '{"title":"A","due_on":"2026-12-24","repeat":{"rule":"FREQ=DAILY"}}'
  const task: string = (await send(CREATE, { body })).body.data.id
  const list: string = (await send(CREATE_LIST, { body: '{"name":"Home"}' })).body.data.id
  ids = { task, TASK: task.toUpperCase(), list, LIST: list.toUpperCase(), none: newId(new Date()) }
})

type Sent = { body?: string; query?: string; own?: Record<string, string>; params?: Record<string, string> }

async function send(handler: Handler, { body, query = '', own = {}, params = {} }: Sent) {
  const method = body === undefined ? 'GET' : 'POST'
  const request = makeRequest({ method, headers: { ...headers, ...own }, path: `/api/me/x${query}`, body })
  const answer = await handler(request, { params: Promise.resolve({ userId: 'me', ...params }) })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
}

async function expectAnswer(handler: Handler, sent: Sent): Promise<void> {
  const { status, body } = await send(handler, sent)
  expect(status).toBeLessThan(500)
  if (status === 400) expect(body.error.details[0]).toMatchObject({ field: expect.any(String) })
}

const FIELDS = [
  ...['title', 'description', 'list_id', 'due_on', 'due_time', 'due_zone', 'start_on', 'priority', 'labels'],
  ...['repeat', 'is_completed', 'after_id', 'id', 'name', 'is_archived', 'text', 'op', 'version'],
  ...['__proto__', 'constructor', 'length', ''],
]
/** JSON has NUL and halves of surrogate pairs as escapes. */
const text = fc.oneof(
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud800',
    '\udc00a',
    '\u202e',
    '\u200d',
    '%',
    "'; --",
    '__proto__',
    'e\u0301',
  ),
  fc.constantFrom('2026-12-24', '9999-12-31', '1000-01-01', '0000-00-00', '+010000-01-01', '24:00', '23:59'),
  fc.constantFrom('Europe/Berlin', 'europe/berlin', 'Etc/GMT+14', 'posixrules', '+01:00', 'FREQ=DAILY'),
  fc.constantFrom('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;COUNT=999;INTERVAL=999'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom('task', 'TASK', 'list', 'LIST', 'none').map((name) => ({ idOf: name })),
  fc.constantFrom(null, true, false, 0, 1, -1, 1e308, -0, 0.5, 2 ** 31, 2 ** 53, [], {}),
  fc.array(text, { maxLength: 22 }),
  fc.record({ rule: text, from: fc.constantFrom('due', 'completion', 'x') }),
)
const fields = fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 6 })

/** With names that repeat, which no object has. */
function toJson(entries: readonly (readonly [string, unknown])[]): string {
  const withIds = (_: string, part: { idOf?: keyof typeof ids } | null) =>
    part?.idOf ? ids[part.idOf] : part
  return `{${entries.map(([name, any]) => `${JSON.stringify(name)}:${JSON.stringify(any, withIds)}`).join()}}`
}

const NUM_RUNS = { numRuns: 60 }

test.each<[string, Handler]>([
  ['a task', CREATE],
  ['a change of a task', CHANGE],
  ['a line', QUICK],
  ['a list', CREATE_LIST],
  ['a change of a list', CHANGE_LIST],
])('no body of %s makes its route fail, and a refusal names the field', async (_, handler) => {
  const property = fc.asyncProperty(fields, async (sent) => {
    const body = toJson([['title', 'A'], ['name', 'A'], ['text', 'A'], ...sent])
    await expectAnswer(handler, { body, params: { taskId: ids.task, listId: ids.list } })
  })
  await fc.assert(property, NUM_RUNS)
})

test('no batch makes its route fail, and a refusal names the field', async () => {
  const op = fc.constantFrom('create', 'update', 'complete', 'delete')
  const property = fc.asyncProperty(fc.array(fc.tuple(op, fields), { maxLength: 4 }), async (sent) => {
    const operations = sent.map(([name, own]) =>
      toJson([['op', name], ['id', { idOf: 'task' }], ['title', 'B'], ...own]),
    )
    await expectAnswer(BATCH, { body: `{"operations":[${operations.join()}]}` })
  })
  await fc.assert(property, NUM_RUNS)
})

test('no query and no forged cursor makes a route fail', async () => {
  const names = [
    ...['view', 'list_id', 'label', 'priority', 'is_completed', 'due_before', 'due_after', 'q', 'order'],
    ...['limit', 'cursor', 'since', '__proto__'],
  ]
  const order = fc.constantFrom('created', 'completed', 'due', 'priority', 'position', 'x')
  const keys = fc.constantFrom('', '~~', '1~~', '9999999999999', '2026-02-30~', '2026-12-2423:59:59', 'V')
  const cursor = fc
    .tuple(order, fc.oneof(text, keys), fc.oneof(text, fc.constant(newId(new Date()))))
    .map(([by, key, id]) => formatCursor({ order: by, key, id } as never))
  const words = fc.constantFrom('today', 'done', 'all', 'true', '1', '200', '201', '999999999999999')
  const some = fc.oneof(
    text.map((one) => one.toWellFormed()),
    cursor,
    words,
  )
  const queries = fc.array(fc.tuple(fc.constantFrom(...names), some), { maxLength: 4 })
  const property = fc.asyncProperty(queries, async (query) => {
    const address = `?${new URLSearchParams(query)}`
    for (const read of [GET, CHANGES]) await expectAnswer(read, { query: address })
  })
  await fc.assert(property, NUM_RUNS)
})

test('no id and no If-Match makes a route fail', async () => {
  const tag = fc.oneof(
    fc.constantFrom(
      '*',
      '"1"',
      'W/"1"',
      '"1", "2"',
      '1',
      '""',
      '"',
      '',
      ',',
      '"9999999999"',
      '"-1"',
      '"1e3"',
    ),
    fc.constantFrom('"\xff"', `"${'1'.repeat(5000)}"`, '"1"'.repeat(2000), `"1"${' ,'.repeat(3000)}x`),
  )
  const handlers = fc.constantFrom<Handler>(DELETE, COMPLETE, CHANGE, UNDO, CHANGE_LIST)
  const id = fc.oneof(text, fc.constantFrom('task', 'TASK', 'none'))
  const property = fc.asyncProperty(handlers, tag, id, async (handler, ifMatch, name) => {
    const named = ids[name as keyof typeof ids] ?? name
    const params = { taskId: named, listId: named, batchId: named }
    await expectAnswer(handler, { body: '{}', own: { 'if-match': ifMatch }, params })
  })
  await fc.assert(property, NUM_RUNS)
})
