import { expect, test } from '@playwright/test'
import type { Answer, Meta } from '../support/api.ts'
import { call, expectApiAnswer, expectError, expectInvalid, ISO_TIME, signUp, UUID } from '../support/api.ts'
import { createTask, type Task } from '../support/isolation.ts'
import { query } from '../support/sql.ts'

const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'
type One = { data: Task; meta: Meta }

function expectTask({ body, headers }: Answer<One>, fields: Partial<Task>): void {
  const { data } = body
  expect(body).toEqual({
    data: {
      id: expect.stringMatching(UUID),
      user_id: expect.stringMatching(UUID),
      title: expect.any(String),
      description: null,
      is_completed: false,
      completed_at: data.is_completed ? expect.stringMatching(ISO_TIME) : null,
      list_id: null,
      due_on: null,
      due_time: null,
      due_zone: null,
      start_on: null,
      priority: 0,
      labels: [],
      repeat: null,
      series_id: null,
      position: expect.any(String),
      created_at: expect.stringMatching(ISO_TIME),
      updated_at: expect.stringMatching(ISO_TIME),
      version: expect.any(Number),
      ...fields,
    },
    meta: {
      timestamp: expect.stringMatching(ISO_TIME),
      request_id: headers.get('x-request-id'),
      batch_id: expect.stringMatching(UUID),
    },
  })
}

test('a task can be created, read, changed, completed and deleted', async () => {
  const { token, userId } = await signUp()
  const json = { title: '  Water the ferns ', description: ' daily ' }
  const made = await call<One>(`/api/${userId}/tasks`, { token, json })
  expectApiAnswer(made, 201)
  expectTask(made, { user_id: userId, title: 'Water the ferns', description: 'daily' })
  const path = `/api/${userId}/tasks/${made.body.data.id}`
  expect(made.headers.get('location')).toBe(path)
  expect(made.headers.get('etag')).toBe('"1"')

  const read = await call<One>(path, { token })
  expectApiAnswer(read, 200)
  expect(read.body.data).toEqual(made.body.data)
  expect(read.headers.get('etag')).toBe('"1"')

  for (const method of ['PUT', 'PATCH']) {
    const changed = await call<One>(path, { token, method, json: { title: `${method} it` } })
    expectApiAnswer(changed, 200)
    expectTask(changed, { id: made.body.data.id, title: `${method} it`, description: 'daily' })
    expect(changed.body.data.created_at).toBe(made.body.data.created_at)
  }
  const emptied = await call<One>(path, {
    token,
    method: 'PUT',
    json: { description: null, is_completed: true },
  })
  expectTask(emptied, { title: 'PATCH it', description: null, is_completed: true })
  const reopened = await call<One>(path, { token, method: 'PATCH', json: { is_completed: false } })
  expectTask(reopened, { title: 'PATCH it', completed_at: null })

  const gone = await call(path, { token, method: 'DELETE' })
  expectApiAnswer(gone, 204)
  expect(gone.text).toBe('')
  for (const method of ['GET', 'DELETE', 'PATCH']) {
    expectError(
      await call(path, { token, method, ...(method === 'PATCH' && { json: {} }) }),
      404,
      'NOT_FOUND',
    )
  }
})

test('a change with an outdated If-Match gets 412 with the current task', async () => {
  const account = await signUp()
  const { id } = await createTask(account, 'Water the ferns')
  const { token } = account
  const path = `/api/me/tasks/${id}`
  const headers = { 'if-match': '"1"' }
  const first = await call<One>(path, { method: 'PATCH', token, headers, json: { description: 'daily' } })
  expectApiAnswer(first, 200)
  expect(first.headers.get('etag')).toBe('"2"')
  for (const [method, end, json] of [
    ['PATCH', '', { title: 'x' }],
    ['PUT', '', { title: 'x' }],
    ['PATCH', '/complete', undefined],
    ['DELETE', '', undefined],
  ] as const) {
    const late = await call(path + end, { method, token, headers, json })
    expect(expectError(late, 412, 'VERSION_MISMATCH')).toEqual([first.body.data])
  }
  const tags = { 'if-match': 'W/"2", "1", "2"' }
  const last = await call<One>(path, { method: 'PATCH', token, headers: tags, json: { title: 'x' } })
  expectApiAnswer(last, 200)
  expectTask(last, { title: 'x', description: 'daily', version: 3 })
  expectInvalid(
    await call(path, { method: 'PATCH', token, headers: { 'if-match': '3' }, json: {} }),
    'If-Match',
  )
})

test('completing a task twice keeps the first completion time', async () => {
  const account = await signUp()
  const { id } = await createTask(account, 'Once')
  const path = `/api/me/tasks/${id}/complete`
  const first = await call<One>(path, { method: 'PATCH', token: account.token })
  expectApiAnswer(first, 200)
  expectTask(first, { is_completed: true })
  const second = await call<One>(path, { method: 'PATCH', token: account.token })
  expectApiAnswer(second, 200)
  expect(second.body.data).toEqual(first.body.data)
})

test('fields that a client may not set are ignored and never stored', async () => {
  const account = await signUp()
  const forbidden = {
    ...{
      user_id: UNKNOWN_ID,
      userId: UNKNOWN_ID,
      user: { connect: { id: UNKNOWN_ID } },
      role: 'admin',
    },
    ...{
      created_at: '2020-01-01T00:00:00Z',
      createdAt: '2020-01-01T00:00:00Z',
      updated_at: 0,
      completedAt: 0,
    },
    ...{ completed_at: '2020-01-01T00:00:00Z', deleted_at: '2020-01-01T00:00:00Z', deletedAt: '2020-01-01' },
  }
  const made = await call<One>('/api/me/tasks', {
    token: account.token,
    json: { title: 'Honest', is_completed: true, ...forbidden },
  })
  expectApiAnswer(made, 201)
  expectTask(made, { user_id: account.userId, title: 'Honest' })
  for (const method of ['PUT', 'PATCH']) {
    const path = `/api/me/tasks/${made.body.data.id}`
    const same = await call<One>(path, { method, token: account.token, json: forbidden })
    expectApiAnswer(same, 200)
    expect(same.body.data).toEqual(made.body.data)
  }
  const rows = await query<Record<string, unknown>>('SELECT * FROM tasks WHERE user_id = $1', [
    account.userId,
  ])
  expect(rows).toMatchObject([{ id: made.body.data.id, completed_at: null, deleted_at: null }])
})

test('the limits of title and description count characters, and longer or empty titles get 400', async () => {
  const { token } = await signUp()
  const good = [
    { title: 'x' },
    { title: '😀'.repeat(500), description: '😀'.repeat(5000) },
    { title: 'é'.repeat(500), description: '' },
    { title: 'x', description: null },
  ]
  for (const json of good) expectApiAnswer(await call('/api/me/tasks', { token, json }), 201)
  for (const title of ['', ' ', '\n\t', '\u3000', 'x'.repeat(501), 'x'.repeat(10_000), undefined]) {
    expectInvalid(await call('/api/me/tasks', { token, json: { title } }), 'title')
  }
  const json = { title: '', description: 'x'.repeat(5001) }
  expectInvalid(await call('/api/me/tasks', { token, json }), 'description', 'title')
})

test('a request with several errors is checked by token, owner, body, task', async () => {
  const account = await signUp()
  const { token } = account
  const bad = { method: 'PUT', json: { title: '' } }
  const foreignTask = `/api/${UNKNOWN_ID}/tasks/not-an-id`
  expectError(await call(foreignTask, bad), 401, 'UNAUTHORIZED')
  expectError(await call(foreignTask, { ...bad, token }), 403, 'FORBIDDEN')
  expectError(await call(`/api/${UNKNOWN_ID}/tasks?limit=0`, { token }), 403, 'FORBIDDEN')
  expectInvalid(await call('/api/me/tasks/not-an-id', { ...bad, token }), 'title')
  const good = { method: 'PUT', json: { title: 'Fine' }, token }
  expectError(await call('/api/me/tasks/not-an-id', good), 404, 'NOT_FOUND')
})

test('unknown and malformed ids get the same 404', async () => {
  const { token } = await signUp()
  const ids = [
    UNKNOWN_ID,
    'x',
    '0',
    '%27%20OR%201=1',
    'null',
    '%00',
    '%F0%9F%98%80',
    UNKNOWN_ID.replaceAll('-', ''),
    'a'.repeat(3000),
  ]
  const answers = await Promise.all(ids.map((id) => call(`/api/me/tasks/${id}`, { token })))
  for (const answer of answers) {
    expectError(answer, 404, 'NOT_FOUND')
    expect(answer.body.error).toEqual(answers[0]?.body.error)
  }
})

test('ids in upper case find the user and the task', async () => {
  const account = await signUp()
  const { id } = await createTask(account, 'Loud')
  const path = `/api/${account.userId.toUpperCase()}/tasks/${id.toUpperCase()}`
  expectApiAnswer(await call(path, { token: account.token }), 200)
})

test('other methods get 405 with Allow', async () => {
  const { token } = await signUp()
  for (const [path, method, allow] of [
    ['/api/me/tasks', 'PUT', 'GET, HEAD, POST'],
    ['/api/me/tasks', 'DELETE', 'GET, HEAD, POST'],
    [`/api/me/tasks/${UNKNOWN_ID}`, 'POST', 'GET, HEAD, PUT, PATCH, DELETE'],
    [`/api/me/tasks/${UNKNOWN_ID}/complete`, 'POST', 'PATCH'],
    [`/api/me/tasks/${UNKNOWN_ID}/complete`, 'GET', 'PATCH'],
  ] as const) {
    const answer = await call(path, { method, token })
    expectError(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).toBe(allow)
  }
  expectError(await call('/api/me/nothing', { token }), 404, 'NOT_FOUND')
  expectError(await call('/api/me/nothing'), 401, 'UNAUTHORIZED')
})

test('completing a repeating task makes the next one, and an undo takes both back', async () => {
  const { token } = await signUp()
  const json = { title: 'Rent', due_on: '2099-01-31', repeat: { rule: 'FREQ=MONTHLY' } }
  const made = await call<One>('/api/me/tasks', { token, json })
  const repeat = { ...json.repeat, from: 'due', text: 'Every month on the 31st' }
  expect(made.body.data).toMatchObject({ due_on: '2099-01-31', repeat })
  const path = `/api/me/tasks/${made.body.data.id}`
  const both = await Promise.all([1, 2].map(() => call<One>(`${path}/complete`, { method: 'PATCH', token })))
  const [first, second] = both.map(({ body }) => body.meta.next_task_id)
  expect(second).toBe(first)
  const next = await call<One>(`/api/me/tasks/${first}`, { token })
  expect(next.body.data).toMatchObject({ title: 'Rent', due_on: '2099-02-28', is_completed: false })
  const batch = both.find(({ body }) => body.meta.batch_id)?.body.meta.batch_id
  expectApiAnswer(await call(`/api/me/changes/${batch}/undo`, { method: 'POST', token }), 200)
  expectError(await call(`/api/me/tasks/${first}`, { token }), 404, 'NOT_FOUND')
  expect((await call<One>(path, { token })).body.data).toMatchObject({
    is_completed: false,
    due_on: '2099-01-31',
  })
})
