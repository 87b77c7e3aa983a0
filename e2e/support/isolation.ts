import { expect, test } from '@playwright/test'
import { type Account, call, type ErrorBody, expectApiAnswer, expectError, signUp } from './api.ts'
import { eventsOf, query } from './sql.ts'
import { mint } from './tokens.ts'

export type Task = {
  id: string
  user_id: string
  title: string
  description: string | null
  is_completed: boolean
  list_id: string | null
  completed_at: string | null
  created_at: string
  updated_at: string
  version: number
}

export async function createTask({ token, server }: Account, title: string): Promise<Task> {
  const answer = await call<{ data: Task }>('/api/me/tasks', { token, server, json: { title } })
  expectApiAnswer(answer, 201)
  return answer.body.data
}

/** @returns the list's id */
export async function createList({ token, server }: Account, name: string): Promise<string> {
  const answer = await call<{ data: { id: string } }>('/api/me/lists', { token, server, json: { name } })
  expectApiAnswer(answer, 201)
  return answer.body.data.id
}

const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'
const CHANGE = { title: 'Stolen', description: 'Stolen', is_completed: true }

type Ids = { task: string; list: string; batch: string }
type OwnRequest = { method: string; end: string; json?: object }

const UNKNOWN: Ids = { task: UNKNOWN_ID, list: UNKNOWN_ID, batch: UNKNOWN_ID }

/** All requests for one thing of a user, and for all of them. */
const onOne = ({ task, list, batch }: Ids): OwnRequest[] => [
  { method: 'GET', end: `/tasks/${task}` },
  { method: 'PUT', end: `/tasks/${task}`, json: CHANGE },
  { method: 'PATCH', end: `/tasks/${task}`, json: CHANGE },
  { method: 'PATCH', end: `/tasks/${task}/complete` },
  { method: 'DELETE', end: `/tasks/${task}` },
  { method: 'POST', end: '/tasks', json: { title: 'Planted', list_id: list } },
  {
    method: 'POST',
    end: '/tasks/batch',
    json: {
      operations: [
        { op: 'create', title: 'Planted' },
        { op: 'delete', id: task },
      ],
    },
  },
  { method: 'PATCH', end: `/lists/${list}`, json: { name: 'Stolen' } },
  { method: 'DELETE', end: `/lists/${list}` },
  { method: 'POST', end: `/changes/${batch}/undo` },
]
const ON_ALL: OwnRequest[] = [
  { method: 'GET', end: '/tasks' },
  { method: 'POST', end: '/tasks', json: { title: 'Planted' } },
  { method: 'POST', end: '/tasks/quick', json: { text: 'Planted #Planted' } },
  { method: 'POST', end: '/tasks/batch', json: { operations: [{ op: 'create', title: 'Planted' }] } },
  { method: 'GET', end: '/export.json' },
  { method: 'GET', end: '/export.csv' },
  { method: 'GET', end: '/lists' },
  { method: 'POST', end: '/lists', json: { name: 'Planted' } },
  { method: 'GET', end: '/changes' },
  { method: 'GET', end: '/events' },
]

/** Pages and downloads that need a session. */
const PRIVATE_PATHS = [
  '/tasks',
  '/tasks/history',
  '/settings/activity',
  '/settings/activity/events.csv',
  '/settings/activity/events.json',
]

/** Defines tests that two users cannot reach each other's data, on a server with or without the gate. */
export function testIsolation(server: () => string): void {
  let owner: Account
  let thief: Account
  let ids: Ids
  let rowBefore: object[]

  const row = async () => [
    ...(await query('SELECT * FROM tasks WHERE user_id = $1', [owner.userId])),
    ...(await query('SELECT * FROM task_lists WHERE user_id = $1', [owner.userId])),
  ]

  test.beforeAll(async () => {
    owner = await signUp({ server: server() })
    thief = await signUp({ server: server() })
    const { id: task } = await createTask(owner, 'Mine')
    const [change] = await query<{ batch_id: string }>('SELECT batch_id FROM changes WHERE task_id = $1', [
      task,
    ])
    const list = await createList(owner, 'Secret list')
    ids = { task, list, batch: change?.batch_id ?? '' }
    rowBefore = await row()
  })

  test.afterEach(async () => {
    expect(await row()).toEqual(rowBefore)
  })

  const send = (user: string, { method, end, json }: OwnRequest, token?: string) =>
    call(`/api/${user}${end}`, { server: server(), method, json, ...(token && { token }) })

  test('a thing of another user gets the same 404 as an unknown one, and each attempt is recorded', async () => {
    const absent = onOne(UNKNOWN)
    for (const [index, request] of onOne(ids).entries()) {
      for (const user of ['me', thief.userId]) {
        const foreign = await send(user, request, thief.token)
        const unknown = await send(user, absent[index] ?? request, thief.token)
        expectError(foreign, 404, 'NOT_FOUND')
        expectError(unknown, 404, 'NOT_FOUND')
        expect(foreign.body).toMatchObject({ error: (unknown.body as ErrorBody).error })
      }
    }
    const events = await eventsOf(thief.userId, 'access_denied')
    expect(events).toHaveLength(2 * absent.length)
    const details = [{ batch_id: ids.batch }, { list_id: ids.list }, { task_id: ids.task }]
    for (const denied of details) expect(events).toContainEqual(expect.objectContaining({ details: denied }))
  })

  test('another user’s path gets 403, even if that user is unknown, and each attempt is recorded', async () => {
    const visitor = await signUp({ server: server() })
    const { token } = visitor
    const paths = [owner.userId, UNKNOWN_ID, 'you', `${owner.userId}%20`]
    const requests = [...onOne(ids), ...ON_ALL]
    for (const user of paths) {
      for (const request of requests) expectError(await send(user, request, token), 403, 'FORBIDDEN')
    }
    const events = await eventsOf(visitor.userId, 'access_denied')
    expect(events).toHaveLength(paths.length * requests.length)
    expect(events[0]).toMatchObject({ success: false, failure_reason: 'foreign_path' })
  })

  test('requests without a token, with a forged one or with one of an ended session get no data', async () => {
    const ended = await signUp({ server: server() })
    await call('/api/auth/logout', { server: server(), method: 'POST', token: ended.token })
    const forged = await mint({ sub: owner.userId, user_id: owner.userId }, {}, 'f'.repeat(43))
    for (const token of [undefined, forged, ended.token]) {
      const given = { server: server(), ...(token && { token }) }
      for (const request of [...onOne(ids), ...ON_ALL]) {
        expectError(await send(owner.userId, request, token), 401, 'UNAUTHORIZED')
      }
      expectError(await call('/api/auth/me', given), 401, 'UNAUTHORIZED')
      for (const path of PRIVATE_PATHS) {
        const page = await call(path, {
          server: server(),
          ...(token && { cookie: `taskward.access=${token}` }),
        })
        expect([303, 307], path).toContain(page.status)
        expect(page.text).not.toMatch(/Mine|Account created|signup/)
      }
    }
  })

  test('the list and the page of a user contain no task of another user', async () => {
    const list = await call<{ data: Task[] }>('/api/me/tasks', { server: server(), token: thief.token })
    expectApiAnswer(list, 200)
    expect(list.body.data).toEqual([])
    const cookie = `taskward.access=${thief.token}`
    for (const path of ['/tasks', '/tasks/history', `/tasks?edit=${ids.task}`, `/tasks?cursor=${ids.task}`]) {
      const page = await call(path, { server: server(), cookie })
      expect(page.status).toBe(200)
      expect(page.text).not.toContain('Mine')
    }
  })
}
