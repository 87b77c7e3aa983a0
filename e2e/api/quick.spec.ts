import { expect, test } from '@playwright/test'
import { call, expectApiAnswer, expectError, expectInvalid, signUp } from '../support/api.ts'
import { createList, type Task } from '../support/isolation.ts'
import { query } from '../support/sql.ts'

type One = { data: Task & Record<string, unknown>; meta: { batch_id: string } }

test('a line is read as a task, and answered like a new one', async () => {
  const account = await signUp()
  const { token } = account
  const home = await createList(account, 'Home')
  const text = ' Pay rent #home #Garden @money p1 every year on 24 dec 2099 at 9 '
  const made = await call<One>('/api/me/tasks/quick', { token, json: { text } })
  expectApiAnswer(made, 201)
  const { id } = made.body.data
  expect(made.body.data).toMatchObject({
    title: 'Pay rent #Garden',
    description: null,
    list_id: home,
    labels: ['money'],
    priority: 1,
    due_on: '2099-12-24',
    due_time: '09:00',
    due_zone: null,
    start_on: null,
    repeat: { rule: 'FREQ=YEARLY', from: 'due' },
    version: 1,
  })
  expect(made.headers.get('location')).toBe(`/api/${account.userId}/tasks/${id}`)
  expect(made.headers.get('etag')).toBe('"1"')
  const read = await call<One>(`/api/me/tasks/${id}`, { token })
  expect(read.body.data).toEqual(made.body.data)
})

test('an unknown list is made with the task, and undone with it', async () => {
  const { token } = await signUp()
  const lists = async () => (await call<{ data: object[] }>('/api/me/lists', { token })).body.data
  const made = await call<One>('/api/me/tasks/quick', { token, json: { text: 'Milk #"To buy"' } })
  expectApiAnswer(made, 201)
  expect(await lists()).toMatchObject([{ id: made.body.data.list_id, name: 'To buy', open_count: 1 }])
  const undo = `/api/me/changes/${made.body.meta.batch_id}/undo`
  expectApiAnswer(await call(undo, { method: 'POST', token }), 200)
  expect(await lists()).toEqual([])
})

test('quoted text is not read, and a day is that of the account’s time zone', async () => {
  const { token } = await signUp()
  const text = 'Read "Tomorrow at 9 #Books @x p1"'
  const quoted = await call<One>('/api/me/tasks/quick', { token, json: { text } })
  const nothing = { list_id: null, labels: [], priority: 0, due_on: null, due_time: null, repeat: null }
  expect(quoted.body.data).toMatchObject({ title: text, ...nothing })
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    await call('/api/auth/me', { method: 'PATCH', token, json: { time_zone: timeZone } })
    const today = () => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())
    const before = today()
    const made = await call<One>('/api/me/tasks/quick', { token, json: { text: 'Pay today' } })
    expect([before, today()]).toContain(made.body.data.due_on)
  }
})

test('a text that is no line gets 400, and other methods 405', async () => {
  const { token, userId } = await signUp()
  for (const text of [
    undefined,
    null,
    1,
    '',
    ' \n ',
    'x'.repeat(501),
    'a\0',
    'Milk\nBread',
    'Milk\u2028Bread',
  ]) {
    expectInvalid(await call('/api/me/tasks/quick', { token, json: { text } }), 'text')
  }
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await call('/api/me/tasks/quick', { method, token })
    expectError(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).toBe('POST')
  }
  expect(await query('SELECT 1 FROM tasks WHERE user_id = $1', [userId])).toEqual([])
})
