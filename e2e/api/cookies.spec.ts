import { expect, test } from '@playwright/test'
import { type Account, call, expectApiAnswer, expectError, signUp, statusOfMe } from '../support/api.ts'
import { sendRaw } from '../support/raw-request.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { eventsOf, query } from '../support/sql.ts'

const cookieOf = ({ token }: Account) => `taskward.access=${token}`
const newTask = { json: { title: 'From a cookie' } }
const FOREIGN = 'https://elsewhere.example'

function countTasks({ userId }: Account): Promise<{ count: string }[]> {
  return query('SELECT count(*) FROM tasks WHERE user_id = $1', [userId])
}

test('the scheme of a bearer token is case-insensitive', async () => {
  const { token } = await signUp()
  for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
    expectApiAnswer(await call('/api/auth/me', { headers: { authorization: `${scheme} ${token}` } }), 200)
  }
})

test('a malformed or non-bearer Authorization header gets 401', async () => {
  const { token } = await signUp()
  const basic = `Basic ${Buffer.from(`${token}:`).toString('base64')}`
  for (const authorization of [
    token,
    `Bearer${token}`,
    `Bearer ${token} x`,
    `Bearer "${token}"`,
    'Bearer',
    basic,
  ]) {
    expectError(await call('/api/auth/me', { headers: { authorization } }), 401, 'UNAUTHORIZED')
  }
})

test('two Authorization headers get 401, even if one is valid', async () => {
  const { token } = await signUp()
  const lines = `Authorization: Bearer garbage\r\nAuthorization: Bearer ${token}\r\n`
  const { status } = await sendRaw(
    SHARED_SERVER,
    `GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`,
  )
  expect(status).toBe(401)
  const joined = { authorization: `Bearer garbage, Bearer ${token}` }
  expectError(await call('/api/auth/me', { headers: joined }), 401, 'UNAUTHORIZED')
})

test('the API and pages ignore cookies if the request has a bearer token, even an invalid one', async () => {
  const account = await signUp()
  const cookie = cookieOf(account)
  for (const authorization of ['Bearer garbage', 'bearer', 'Bearer ']) {
    expectError(await call('/api/auth/me', { cookie, headers: { authorization } }), 401, 'UNAUTHORIZED')
    expect((await call('/tasks', { cookie, headers: { authorization } })).status).toBe(303)
    expect((await call('/login', { cookie, headers: { authorization } })).status).toBe(200)
  }
  const garbage = 'taskward.access=garbage; taskward.refresh=garbage'
  const page = await call('/tasks', { cookie: garbage, token: account.token })
  expect([page.status, page.text.includes(account.email)]).toEqual([200, true])
  const other = await signUp()
  const { body } = await call<{ user_id: string }>('/api/auth/me', { cookie, token: other.token })
  expect(body.user_id).toBe(other.userId)
})

test('the API and pages read cookies if Authorization has another scheme', async () => {
  const cookie = cookieOf(await signUp())
  for (const authorization of ['Basic eDp4', '', 'garbage']) {
    expectApiAnswer(await call('/api/auth/me', { cookie, headers: { authorization } }), 200)
    expect((await call('/tasks', { cookie, headers: { authorization } })).status).toBe(200)
    expectError(
      await call('/api/me/tasks', { cookie, headers: { authorization }, ...newTask }),
      403,
      'FORBIDDEN',
    )
  }
})

test('a cookie authenticates reads from any origin', async () => {
  const account = await signUp()
  const cookie = cookieOf(account)
  const anywhere: Record<string, string>[] = [{}, { origin: FOREIGN }, { 'sec-fetch-site': 'cross-site' }]
  for (const headers of anywhere) {
    expectApiAnswer(await call('/api/auth/me', { cookie, headers }), 200)
    expectApiAnswer(await call('/api/me/tasks', { cookie, headers }), 200)
  }
})

test('a cookie authenticates changes from the own origin only, and others get 403', async () => {
  const account = await signUp()
  const cookie = cookieOf(account)
  const refused: Record<string, string>[] = [
    {},
    { origin: FOREIGN },
    { origin: 'null' },
    { origin: `${SHARED_SERVER}.elsewhere.example` },
    { origin: SHARED_SERVER.replace('http:', 'https:') },
    { origin: SHARED_SERVER.replace(/\d+$/, '1') },
    { origin: FOREIGN, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: FOREIGN, host: new URL(FOREIGN).host },
    { origin: FOREIGN, 'x-forwarded-host': new URL(FOREIGN).host },
    { referer: `${SHARED_SERVER}/tasks` },
  ]
  for (const headers of refused) {
    expectError(await call('/api/me/tasks', { cookie, headers, ...newTask }), 403, 'FORBIDDEN')
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const path = '/api/me/tasks/018f0000-0000-7000-8000-000000000000'
      expectError(await call(path, { cookie, headers, method, ...newTask }), 403, 'FORBIDDEN')
    }
  }
  expect(await countTasks(account)).toEqual([{ count: '0' }])
  expect(await eventsOf(account.userId, 'access_denied')).toEqual([])
  const own: Record<string, string>[] = [{ origin: SHARED_SERVER }, { 'sec-fetch-site': 'same-origin' }]
  for (const headers of own) {
    expectApiAnswer(await call('/api/me/tasks', { cookie, headers, ...newTask }), 201)
  }
})

test('an invalid cookie with a foreign origin gets 401', async () => {
  const cookie = `taskward.access=${(await signUp()).refreshToken}`
  const answer = await call('/api/me/tasks', { cookie, headers: { origin: FOREIGN }, ...newTask })
  // The gate rejects the token before the check of the origin.
  expectError(answer, 401, 'UNAUTHORIZED')
})

test('a bearer token authenticates changes from any origin', async () => {
  const { token } = await signUp()
  expectApiAnswer(await call('/api/me/tasks', { token, headers: { origin: FOREIGN }, ...newTask }), 201)
})

test('log-out over the API with a cookie gets 401 and keeps the session', async () => {
  const account = await signUp()
  const senders: Record<string, string>[] = [{}, { origin: SHARED_SERVER }]
  for (const headers of senders) {
    const answer = await call('/api/auth/logout', { method: 'POST', cookie: cookieOf(account), headers })
    expectError(answer, 401, 'UNAUTHORIZED')
  }
  expect(await statusOfMe(account)).toBe(200)
})

test('the API ignores cookies with the __Host- prefix or another name on http', async () => {
  const { token } = await signUp()
  const cookie = `__Host-taskward.access=${token}; access=${token}; Taskward.access=${token}`
  expectError(await call('/api/auth/me', { cookie }), 401, 'UNAUTHORIZED')
})
