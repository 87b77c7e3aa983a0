import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { endLease, startEmbedded } from '../../lib/db/embedded/embedded.ts'
import { stopServer } from '../../lib/db/embedded/server.ts'
import { startTestServer, type TestServer } from '../../lib/testing/postgres-server.ts'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import {
  type Account,
  type Answer,
  call,
  expectApiAnswer,
  expectError,
  signUp,
  UUID,
} from '../support/api.ts'
import { fill, openForm } from '../support/forms.ts'
import { createTask } from '../support/isolation.ts'
import { logLines } from '../support/log-lines.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServerUnchecked } from '../support/server.ts'
import { claimsFor, mint } from '../support/tokens.ts'

// In order, in one worker: one server and one database, which the tests stop and start.
test.describe.configure({ mode: 'default' })

/** Some that read, some with forms, and one that is public. */
const PAGES = [
  '/tasks',
  '/tasks/history',
  '/tasks/lists',
  '/settings/sessions',
  '/settings/profile',
  '/login',
]

let database: TestServer
let server: RunningServer
let account: Account

async function stopDatabase(): Promise<void> {
  await endLease(database.folder)
  await stopServer(database.folder)
}

async function startDatabase(): Promise<void> {
  expect(await startEmbedded({ folder: database.folder })).toBe(database.url)
}

test.beforeAll(async () => {
  database = await startTestServer()
  await stopDatabase()
  server = await startServerUnchecked({ ...HIGH_LIMITS, DATABASE_URL: database.url })
})

test.afterAll(async () => {
  await server?.stop()
  await database?.stop()
})

const here = () => ({ server: server.url })

/** Waits for the API, which recovers with the database, and for pages, which follow within two seconds. */
async function waitForHealth(): Promise<void> {
  await expect(async () => {
    expect((await call('/api/health', here())).status).toBe(200)
    expect((await call('/login', here())).status).toBe(200)
  }).toPass({ timeout: 15_000 })
}

async function select<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

function signUpNew(): Promise<Answer<unknown>> {
  return call('/api/auth/signup', { ...here(), json: { email: newEmail(), password: PASSWORD } })
}

async function expectOutage(token: string): Promise<void> {
  const json = { email: newEmail(), password: PASSWORD }
  const answers = await Promise.all([
    signUpNew(),
    call('/api/auth/login', { ...here(), json }),
    call('/api/auth/refresh', { ...here(), json: { refresh_token: 'x' } }),
    call('/api/me/tasks', { ...here(), token }),
    call('/api/me/tasks', { ...here(), token, json: { title: 'Lost' } }),
    call('/api/auth/logout', { ...here(), token, method: 'POST' }),
  ])
  for (const answer of answers) expectError(answer, 503, 'SERVICE_UNAVAILABLE')

  const health = await call<object>('/api/health', here())
  expect(health.status).toBe(503)
  expect(health.body).toEqual({ status: 'unavailable', database: 'unreachable' })
  expect(health.headers.get('retry-after')).toMatch(/^\d+$/)

  // Requests that need no database get their usual responses.
  expect((await call('/api/auth/login', { ...here(), json: {} })).status).toBe(400)
  expectError(await call('/api/me/tasks', here()), 401, 'UNAUTHORIZED')
  expect((await call('/tasks', here())).status).toBe(303)
}

async function expectPagesOfOutage(token: string): Promise<void> {
  for (const path of ['/', '/login', '/signup', '/forgot-password', '/secure-account', '/tasks']) {
    const page = await call(path, { ...here(), cookie: `taskward.access=${token}` })
    expect(page.status, path).toBe(503)
    expect(page.text).toMatch(/<h1[^>]*>We’ll be right back<\/h1>/)
    expect(page.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(page.headers.get('cache-control')).toMatch(/no-store/)
    expect(page.headers.get('content-security-policy')).toContain("object-src 'none'")
    expect(page.headers.getSetCookie()).toEqual([])
  }
  // This is a form without JavaScript, with the fields in which Next.js names the action of an edit.
  const body = new FormData()
  const action = { $ACTION_REF_1: '', '$ACTION_1:0': `{"id":"60${'ab'.repeat(20)}","bound":"$@1"}` }
  const more = { '$ACTION_1:1': '[null]', $ACTION_KEY: 'k', form: 'add-task', title: 'About ferns' }
  for (const [name, value] of Object.entries({ ...action, ...more })) body.append(name, value)
  const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' }
  const sent = await call('/tasks', { ...here(), cookie: `taskward.access=${token}`, body, headers })
  expect(sent.status).toBe(503)
  expect(sent.text).toMatch(/<textarea[^>]*>About ferns/)
}

test('a server starts while its database is unavailable and reports the outage', async () => {
  const unknownAccount = {
    ...here(),
    userId: randomUUID(),
    email: newEmail(),
    password: '',
    token: '',
    refreshToken: '',
    server: server.url,
  }
  const token = await mint(claimsFor(unknownAccount, randomUUID()))
  await expectOutage(token)
  await expectPagesOfOutage(token)
})

test('a running server migrates a database that becomes available and serves requests', async () => {
  await startDatabase()
  await waitForHealth()
  account = await signUp(here())
  await createTask(account, 'Kept')
  expect((await call('/login', here())).status).toBe(200)
})

test('a database that stops during sign-ups contains no incomplete account', async () => {
  const answers: Answer<unknown>[] = []
  let isOver = false
  const clients = Array.from({ length: 8 }, async () => {
    while (!isOver) answers.push(await signUpNew())
  })
  await expect(() => expect(answers.length).toBeGreaterThan(10)).toPass()
  await stopDatabase()
  await sleep(300)
  isOver = true
  await Promise.all(clients)
  for (const answer of answers) {
    if (answer.status === 201) expectApiAnswer(answer, 201)
    else expectError(answer, 503, 'SERVICE_UNAVAILABLE')
  }
  const confirmed = answers.filter(({ status }) => status === 201).length
  expect(confirmed).toBeGreaterThan(0)
  expect(answers.length).toBeGreaterThan(confirmed)

  await expectOutage(account.token)
  await expectPagesOfOutage(account.token)

  await startDatabase()
  await waitForHealth()
  const rows = await select<{ passwords: string; sessions: string; tokens: string; events: string }>(
    `SELECT (SELECT count(*) FROM passwords WHERE user_id = users.id) AS passwords,
            (SELECT count(*) FROM sessions WHERE user_id = users.id) AS sessions,
            (SELECT count(*) FROM refresh_tokens JOIN sessions ON sessions.id = session_id
             WHERE user_id = users.id) AS tokens,
            (SELECT count(*) FROM auth_events WHERE user_id = users.id AND event_type = 'signup') AS events
     FROM users`,
  )
  // There is at least one more row than confirmed accounts, from the test before. A confirmation may have been lost.
  expect(rows.length).toBeGreaterThan(confirmed)
  for (const row of rows) expect(row).toEqual({ passwords: '1', sessions: '1', tokens: '1', events: '1' })
})

test('tokens and tasks are unchanged after an outage', async () => {
  const list = await call<{ data: { title: string }[] }>('/api/me/tasks', { ...here(), token: account.token })
  expectApiAnswer(list, 200)
  expect(list.body.data.map(({ title }) => title)).toEqual(['Kept'])
  expect((await call('/tasks', { ...here(), cookie: `taskward.access=${account.token}` })).status).toBe(200)
  expectApiAnswer(
    await call('/api/auth/refresh', { ...here(), json: { refresh_token: account.refreshToken } }),
    200,
  )
})

test('answers 503 within ten seconds while every connection is blocked, also for pages, and recovers', async () => {
  const cookie = `taskward.access=${account.token}`
  const form = fill(await openForm('/tasks', 'New task', { ...here(), cookie }), { title: 'Ferns' })
  const blocker = new pg.Client({ connectionString: database.url })
  await blocker.connect()
  await blocker.query('BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE')
  try {
    const startedAt = Date.now()
    const calls = Array.from({ length: 30 }, () => call('/api/me/tasks', { ...here(), token: account.token }))
    const visits = PAGES.map((path) => call(path, { ...here(), cookie }))
    const sent = call('/tasks', { ...here(), cookie, body: form, headers: { origin: server.url } })
    for (const answer of await Promise.all(calls)) expectError(answer, 503, 'SERVICE_UNAVAILABLE')
    for (const page of await Promise.all(visits)) {
      expect(page.status).toBe(503)
      expect(page.text).toMatch(/<h1>We’ll be right back<\/h1>[\s\S]*<a href="">Try again<\/a>/)
      expect(page.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect((await sent).status).toBe(503)
    expect((await sent).text).toContain('This form may not have been saved.')
    expect(Date.now() - startedAt).toBeLessThan(10_000)
  } finally {
    await blocker.query('ROLLBACK')
    await blocker.end()
  }
  await waitForHealth()
  const { headers, status } = await call('/api/me/tasks', { ...here(), token: account.token })
  expect(status).toBe(200)
  expect(headers.get('x-request-id')).toMatch(UUID)
  expect((await call('/tasks', { ...here(), cookie })).status).toBe(200)
  // Next.js did not try to answer as well.
  expect(server.output()).not.toContain('ERR_')
  const answers = logLines(server).filter(({ path }) => path === '/tasks')
  expect(answers.map(({ status }) => status)).not.toContain(500)
})

test('the log reports each outage with its cause, and each recovery', () => {
  const outage = { job: 'database', level: 50, cause: expect.stringMatching(/^[\w ]+$/) }
  const lines = logLines(server).filter(({ job }) => job === 'database')
  expect(lines.slice(0, 3)).toMatchObject([outage, { level: 30 }, outage])
})

test('the log does not contain the password of the database', async () => {
  expect(server.output()).not.toContain(new URL(database.url).password)
})
