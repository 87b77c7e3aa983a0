import { expect, test } from '@playwright/test'
import {
  type Account,
  type Answer,
  call,
  expectApiAnswer,
  expectInvalid,
  type Meta,
  signUp,
} from '../support/api.ts'
import { createTask, type Task } from '../support/isolation.ts'

const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'
type Many = { data: Task[]; meta: Meta }

function tasksOf({ token }: Account, search = ''): Promise<Answer<Many>> {
  return call(`/api/me/tasks${search}`, { token })
}

test('following the cursors returns every task once, newest first', async () => {
  const account = await signUp()
  const made: string[] = []
  for (let i = 0; i < 53; i++) made.unshift((await createTask(account, `Task ${i}`)).id)

  const first = await tasksOf(account)
  expectApiAnswer(first, 200)
  expect(first.body.meta).toMatchObject({ count: 50, request_id: first.headers.get('x-request-id') })
  const rest = await tasksOf(account, `?cursor=${first.body.meta.next_cursor}`)
  expect(rest.body.meta).toMatchObject({ count: 3, next_cursor: null })
  expect([...first.body.data, ...rest.body.data].map(({ id }) => id)).toEqual(made)

  const paged: string[] = []
  let cursor = ''
  do {
    const { body } = await tasksOf(account, `?limit=20${cursor && `&cursor=${cursor}`}`)
    paged.push(...body.data.map(({ id }) => id))
    cursor = body.meta.next_cursor ?? ''
  } while (cursor)
  expect(paged).toEqual(made)
  const whole = await tasksOf(account, '?limit=200')
  expect(whole.body.meta).toMatchObject({ count: 53, next_cursor: null })
  expect((await tasksOf(account, '?limit=53')).body.meta.next_cursor).toBeNull()
})

test('an invalid limit or cursor gets 400 with its name, and unknown parameters are ignored', async () => {
  const account = await signUp()
  for (const limit of [
    '0',
    '201',
    '-1',
    '1.5',
    '1e2',
    'ten',
    '',
    ' 5',
    '0x10',
    '９',
    '99999999999999999999',
  ]) {
    expectInvalid(await tasksOf(account, `?limit=${encodeURIComponent(limit)}`), 'limit')
  }
  for (const cursor of ['', 'garbage', '0', "' OR 1=1 --", '%00', `${UNKNOWN_ID},`, 'a'.repeat(5000)]) {
    expectInvalid(await tasksOf(account, `?cursor=${encodeURIComponent(cursor)}`), 'cursor')
  }
  expectInvalid(await tasksOf(account, '?limit=0&cursor=x'), 'cursor', 'limit')
  for (const unknown of ['?page=2', `?user_id=${UNKNOWN_ID}`, '?orderBy[title]=asc', '?limit[gt]=1']) {
    expect((await tasksOf(account, unknown)).status).toBe(200)
  }
})
