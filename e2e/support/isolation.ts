import { expect, test } from '@playwright/test'
import { type Account, call, expectApiAnswer, expectError, signUp } from './api.ts'
import { eventsOf, query } from './sql.ts'
import { mint } from './tokens.ts'

export type Task = {
  id: string
  user_id: string
  title: string
  description: string | null
  is_completed: boolean
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

const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'
const CHANGE = { title: 'Stolen', description: 'Stolen', is_completed: true }

/** All requests for a task, and for a list. */
const ON_TASK = [
  { method: 'GET', end: '' },
  { method: 'PUT', end: '', json: CHANGE },
  { method: 'PATCH', end: '', json: CHANGE },
  { method: 'PATCH', end: '/complete' },
  { method: 'DELETE', end: '' },
]
const ON_LIST = [
  { method: 'GET', end: '' },
  { method: 'POST', end: '', json: { title: 'Planted' } },
]

/** Pages and downloads that need a session. */
const PRIVATE_PATHS = [
  '/tasks',
  '/settings/activity',
  '/settings/activity/events.csv',
  '/settings/activity/events.json',
]

/** Defines tests that two users cannot reach each other's data, on a server with or without the gate. */
export function testIsolation(server: () => string): void {
  let owner: Account
  let thief: Account
  let task: Task
  let rowBefore: object[]

  const row = () => query('SELECT * FROM tasks WHERE user_id = $1', [owner.userId])

  test.beforeAll(async () => {
    owner = await signUp({ server: server() })
    thief = await signUp({ server: server() })
    task = await createTask(owner, 'Mine')
    rowBefore = await row()
  })

  test.afterEach(async () => {
    expect(await row()).toEqual(rowBefore)
  })

  test('another user’s task gets the same 404 as an unknown one, and each attempt is recorded', async () => {
    for (const { method, end, json } of ON_TASK) {
      const { token } = thief
      for (const path of ['me', thief.userId]) {
        const foreign = await call(`/api/${path}/tasks/${task.id}${end}`, {
          server: server(),
          method,
          token,
          json,
        })
        const absent = await call(`/api/${path}/tasks/${UNKNOWN_ID}${end}`, {
          server: server(),
          method,
          token,
          json,
        })
        expectError(foreign, 404, 'NOT_FOUND')
        expectError(absent, 404, 'NOT_FOUND')
        expect(foreign.body.error).toEqual(absent.body.error)
      }
    }
    const events = await eventsOf(thief.userId, 'access_denied')
    expect(events).toHaveLength(2 * ON_TASK.length)
    expect(events[0]).toMatchObject({
      success: false,
      failure_reason: 'foreign_task',
      details: { task_id: task.id },
    })
  })

  test('another user’s path gets 403, even if that user is unknown, and each attempt is recorded', async () => {
    const visitor = await signUp({ server: server() })
    const { token } = visitor
    const paths = [owner.userId, UNKNOWN_ID, 'you', `${owner.userId}%20`]
    for (const user of paths) {
      for (const { method, end, json } of ON_TASK) {
        const answer = await call(`/api/${user}/tasks/${task.id}${end}`, {
          server: server(),
          method,
          token,
          json,
        })
        expectError(answer, 403, 'FORBIDDEN')
      }
      for (const { method, end, json } of ON_LIST) {
        const answer = await call(`/api/${user}/tasks${end}`, { server: server(), method, token, json })
        expectError(answer, 403, 'FORBIDDEN')
      }
      expectError(await call(`/api/${user}/events`, { server: server(), token }), 403, 'FORBIDDEN')
    }
    const events = await eventsOf(visitor.userId, 'access_denied')
    expect(events).toHaveLength(paths.length * (ON_TASK.length + ON_LIST.length + 1))
    expect(events[0]).toMatchObject({ success: false, failure_reason: 'foreign_path' })
  })

  test('requests without a token, with a forged one or with one of an ended session get no data', async () => {
    const ended = await signUp({ server: server() })
    await call('/api/auth/logout', { server: server(), method: 'POST', token: ended.token })
    const forged = await mint({ sub: owner.userId, user_id: owner.userId }, {}, 'f'.repeat(43))
    for (const token of [undefined, forged, ended.token]) {
      const given = { server: server(), ...(token && { token }) }
      for (const { method, end, json } of ON_TASK) {
        const answer = await call(`/api/${owner.userId}/tasks/${task.id}${end}`, { ...given, method, json })
        expectError(answer, 401, 'UNAUTHORIZED')
      }
      for (const { method, end, json } of ON_LIST) {
        const answer = await call(`/api/${owner.userId}/tasks${end}`, { ...given, method, json })
        expectError(answer, 401, 'UNAUTHORIZED')
      }
      for (const path of ['/api/auth/me', `/api/${owner.userId}/events`]) {
        expectError(await call(path, given), 401, 'UNAUTHORIZED')
      }
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
    for (const path of [
      '/tasks',
      `/tasks?edit=${task.id}`,
      `/tasks?deleted=${task.id}`,
      `/tasks?cursor=${task.id}`,
    ]) {
      const page = await call(path, { server: server(), cookie })
      expect(page.status).toBe(200)
      expect(page.text).not.toContain('Mine')
    }
  })
}
