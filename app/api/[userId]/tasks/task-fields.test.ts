import { beforeEach, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { POST as UNDO } from '../changes/[batchId]/undo/route.ts'
import { GET as GET_CHANGES } from '../changes/route.ts'
import { PATCH as PATCH_LIST } from '../lists/[listId]/route.ts'
import { POST as POST_LIST } from '../lists/route.ts'
import { PATCH as COMPLETE } from './[taskId]/complete/route.ts'
import { GET as GET_TASK, PATCH, PUT } from './[taskId]/route.ts'
import { GET, POST } from './route.ts'

let headers: Record<string, string>

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
})

type Answer = {
  status: number
  data: Record<string, unknown> & Record<string, unknown>[]
  meta: Record<string, unknown>
  fields: string[]
}

async function send(
  handler: typeof GET,
  method: string,
  body?: object,
  path = '',
  params: object = {},
): Promise<Answer> {
  const request = makeRequest({
    method,
    headers,
    path: `/api/me/tasks${path}`,
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = await handler(request, { params: Promise.resolve({ userId: 'me', ...params }) })
  const { data, meta, error } = await answer.json()
  return {
    status: answer.status,
    data,
    meta,
    fields: (error?.details ?? []).map(({ field }: { field: string }) => field),
  }
}

const create = (fields: object) => send(POST, 'POST', { title: 'x', ...fields })
const list = (query: string) => send(GET, 'GET', undefined, `?${query}`)

const FIELDS = {
  due_on: '2028-02-29',
  due_time: '09:30',
  due_zone: 'Europe/Berlin',
  start_on: '2028-02-01',
  priority: 1,
  labels: ['home', 'phone', 'caf\u00e9'],
}

test('fields are stored as they were sent, and a time goes with its day', async () => {
  const made = await create({ ...FIELDS, labels: [' home ', 'phone', 'home', 'cafe\u0301', 'caf\u00e9'] })
  expect(made).toMatchObject({ status: 201, data: FIELDS })
  const taskId = made.data.id
  const change = (fields: object) => send(PATCH, 'PATCH', fields, `/${taskId}`, { taskId })
  expect(await change({ priority: 0, labels: [] })).toMatchObject({
    data: { ...FIELDS, priority: 0, labels: [] },
  })
  const labels = Array.from({ length: 50 }, (_, n) => String(n))
  expect(await change({ labels })).toMatchObject({ status: 200, data: { labels } })
  expect(await change({ due_on: null })).toMatchObject({
    data: { due_on: null, due_time: null, due_zone: null, start_on: '2028-02-01' },
  })
  expect(await change({ due_time: '10:00' })).toMatchObject({ status: 400, fields: ['due_time'] })
  expect(await change({ due_on: '2028-03-01', due_zone: 'UTC' })).toMatchObject({
    status: 400,
    fields: ['due_zone'],
  })
  expect(await change({ due_on: '2028-03-01', due_time: '10:00' })).toMatchObject({
    status: 200,
    data: { due_zone: null },
  })
})

test.each<[string, unknown[]]>([
  [
    'due_on',
    [
      '2027-02-29',
      '2026-02-30',
      '2026-13-01',
      '0000-01-01',
      '26-1-1',
      '2026-11-29T00:00',
      '',
      1,
      [],
      'today',
    ],
  ],
  ['start_on', ['2026-04-31', {}]],
  ['due_time', ['24:00', '9:30', '09:60', '', 930]],
  ['due_zone', ['Europe/Atlantis', '+01:00', 1]],
  ['priority', [4, -1, 1.5, '1', null]],
  ['labels', ['home', [1], Array.from({ length: 51 }, String), null]],
  ['list_id', ['x', 1, '']],
  [
    'repeat',
    [
      'FREQ=DAILY',
      {},
      { rule: null },
      { rule: 'FREQ=HOURLY' },
      { rule: 'FREQ=DAILY;BYHOUR=9' },
      { rule: 'FREQ=DAILY', from: 'start' },
    ],
  ],
])('%s that is invalid gets 400 with its name', async (field, values) => {
  for (const value of values) {
    const answer = await create({ due_on: '2026-11-29', due_time: '09:30', [field]: value })
    expect([value, answer.status, answer.fields[0]?.split('.')[0]]).toEqual([value, 400, field])
  }
})

test('a repetition is described, goes with the day, and finds one that is missing', async () => {
  const repeat = { rule: 'byday=mo;freq=weekly', text: 'ignored' }
  const made = await create({ due_on: '2026-12-07', repeat })
  const weekly = { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'due', text: 'Every week on Monday' }
  expect(made).toMatchObject({ status: 201, data: { repeat: weekly, series_id: expect.any(String) } })
  const taskId = made.data.id
  const change = (fields: object) => send(PATCH, 'PATCH', fields, `/${taskId}`, { taskId })
  const moved = await change({ due_on: '2026-12-09', repeat: made.data.repeat })
  expect(moved).toMatchObject({ data: { repeat: weekly, series_id: made.data.series_id } })
  expect(await change({ repeat: { rule: 'FREQ=DAILY', from: 'completion' } })).toMatchObject({
    data: { repeat: { text: 'Every day after completion' }, series_id: made.data.series_id },
  })
  expect(await change({ due_on: null })).toMatchObject({ data: { repeat: null, series_id: null } })
  const today = dayIn('UTC', new Date())
  expect(await change({ repeat: { rule: 'FREQ=DAILY' }, due_time: '09:00' })).toMatchObject({
    data: { due_on: today, due_time: '09:00', repeat: { text: 'Every day' } },
  })
  expect(await change({ repeat: null })).toMatchObject({ data: { due_on: today, repeat: null } })
  const past = { rule: 'FREQ=DAILY;UNTIL=20200101' }
  expect(await change({ due_on: null, repeat: past })).toMatchObject({ status: 400, fields: ['repeat.rule'] })
})

test('completing a repeating task names its successor, by each way and also the second time', async () => {
  const repeat = { rule: 'FREQ=MONTHLY' }
  const made = await create({ due_on: '2099-01-31', repeat })
  const params = { taskId: made.data.id }
  const first = await send(COMPLETE, 'PATCH', undefined, '', params)
  expect(first).toMatchObject({ data: { is_completed: true, due_on: '2099-01-31' } })
  const { next_task_id, batch_id } = first.meta
  expect((await send(COMPLETE, 'PATCH', undefined, '', params)).meta).toMatchObject({
    next_task_id,
    batch_id: null,
  })
  const second = await send(PUT, 'PUT', { is_completed: true }, '', { taskId: next_task_id })
  expect(second.data).toMatchObject({ due_on: '2099-02-28', repeat: { text: 'Every month on the 31st' } })
  const third = await send(GET_TASK, 'GET', undefined, '', { taskId: second.meta.next_task_id })
  expect(third.data).toMatchObject({ due_on: '2099-03-31', series_id: made.data.series_id })
  expect(third.meta).not.toHaveProperty('next_task_id')
  const plain = await create({})
  const completed = await send(COMPLETE, 'PATCH', undefined, '', { taskId: plain.data.id })
  expect(completed.meta).not.toHaveProperty('next_task_id')
  const changes = await send(GET_CHANGES, 'GET')
  const described = { rule: 'FREQ=MONTHLY', from: 'due', text: 'Every month on the 31st' }
  expect(changes.data[0]).toMatchObject({ after: { repeat: described, series_id: made.data.series_id } })
  const undone = await send(UNDO, 'POST', undefined, '', { batchId: batch_id })
  expect(undone.data).toMatchObject({
    undone: [made.data.id],
    skipped: [{ task_id: next_task_id, reason: 'changed_since', fields: ['completed_at'] }],
  })
})

test.each([
  'view=x',
  'list_id=x',
  'label=',
  'priority=4',
  'is_completed=1',
  'due_before=2026-02-30',
  'due_after=x',
  'q=',
  'order=title',
  'limit=0',
  'cursor=x',
  'order=due&cursor=018f0000-0000-7000-8000-000000000000',
])('the parameter %s gets 400 with its name', async (query) => {
  const field = /(\w+)=[^&]*$/.exec(query)?.[1]
  expect(await list(query)).toMatchObject({ status: 400, fields: [field] })
})

test('parameters select and order tasks, and lists are moved by another list', async () => {
  const lists = []
  for (const name of ['Home', 'Work']) lists.push((await send(POST_LIST, 'POST', { name })).data.id)
  const [listId, after_id] = lists
  expect(await send(PATCH_LIST, 'PATCH', { after_id }, '', { listId })).toMatchObject({ status: 200 })
  await create({ title: 'later', due_on: '2027-01-02', list_id: listId })
  await create({ title: 'sooner', due_on: '2027-01-01', list_id: listId, labels: ['a&b'] })
  await create({ title: 'undated' })
  const titles = async (query: string) => (await list(query)).data.map(({ title }) => title)
  expect(await titles('')).toEqual(['undated', 'sooner', 'later'])
  expect(await titles('order=due')).toEqual(['sooner', 'later', 'undated'])
  expect(await titles(`list_id=${listId}&order=due`)).toEqual(['sooner', 'later'])
  expect(await titles('label=a%26b')).toEqual(['sooner'])
  await create({ title: 'tea', labels: ['caf\u00e9'] })
  expect(await titles('label=cafe%CC%81')).toEqual(['tea'])
  expect(await titles('q=LATE')).toEqual(['later'])
  expect(await titles('view=inbox')).toEqual(['tea', 'undated'])
  expect(await list('list_id=018f0000-0000-7000-8000-000000000000')).toMatchObject({ status: 404 })
})
