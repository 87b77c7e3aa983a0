import { EVENT_TYPES } from '#lib/audit/catalogue.ts'
import {
  type Account,
  type Answer,
  call,
  expectApiAnswer,
  expectError,
  expectInvalid,
  ISO_TIME,
  logIn,
  type Meta,
  signUp,
  UUID,
} from '../support/api.ts'
import { expect, test } from '../support/test.ts'

type Event = { id: string; event_type: string; success: boolean; failure_reason: string | null }

function list({ token }: Account, query = '', user = 'me'): Promise<Answer<{ data: Event[]; meta: Meta }>> {
  return call(`/api/${user}/events${query}`, { token })
}

/** Creates an account with three events: a sign-up, a failed log-in and a log-in. */
async function createAccountWithEvents(): Promise<Account> {
  const account = await signUp()
  const headers = { 'user-agent': 'backup-tool/2.1' }
  expect((await logIn(account.email, 'Wrong password', { headers })).status).toBe(401)
  expect((await logIn(account.email, account.password, { headers })).status).toBe(200)
  return account
}

async function typesIn(account: Account, query: string): Promise<string[]> {
  const answer = await list(account, query)
  expectApiAnswer(answer, 200)
  return answer.body.data.map(({ event_type }) => event_type)
}

test('the list returns the account’s events, newest first, with the documented fields only', async () => {
  const account = await createAccountWithEvents()
  const answer = await list(account, '', account.userId)
  expectApiAnswer(answer, 200)
  const about = (type: string, userAgent: string, failureReason: string | null = null) => ({
    id: expect.stringMatching(UUID),
    event_type: type,
    success: failureReason === null,
    failure_reason: failureReason,
    ip_address: '127.0.0.1',
    user_agent: userAgent,
    session_id: failureReason ? null : expect.stringMatching(UUID),
    details: null,
    created_at: expect.stringMatching(ISO_TIME),
  })
  expect(answer.body).toEqual({
    data: [
      about('login', 'backup-tool/2.1'),
      about('login_failed', 'backup-tool/2.1', 'wrong_password'),
      about('signup', 'node'),
    ],
    meta: {
      timestamp: expect.stringMatching(ISO_TIME),
      request_id: answer.headers.get('x-request-id'),
      count: 3,
      next_cursor: null,
    },
  })
  expect(answer.text).not.toContain(account.email)
})

test('type and success filter the list, and unknown parameters are ignored', async () => {
  const account = await createAccountWithEvents()
  expect(await typesIn(account, '?type=login')).toEqual(['login'])
  expect(await typesIn(account, '?success=false')).toEqual(['login_failed'])
  expect(await typesIn(account, '?success=true&limit=1')).toEqual(['login'])
  expect(await typesIn(account, '?type=login&success=false')).toEqual([])
  expect(await typesIn(account, '?user_id=x&email=x&constructor=x')).toHaveLength(3)
  for (const type of EVENT_TYPES) {
    expect((await typesIn(account, `?type=${type}`)).every((found) => found === type)).toBe(true)
  }
})

test('following the cursors returns every event once', async () => {
  const account = await createAccountWithEvents()
  const all = (await list(account)).body.data.map(({ id }) => id)
  const seen: string[] = []
  let query = '?limit=1'
  for (;;) {
    const { body } = await list(account, query)
    seen.push(...body.data.map(({ id }) => id))
    if (!body.meta.next_cursor) break
    query = `?limit=1&cursor=${body.meta.next_cursor}`
  }
  expect(seen).toEqual(all)
})

test('invalid parameters get 400 with the name of each', async () => {
  const account = await signUp()
  for (const type of ['', 'LOGIN', 'login,logout', 'constructor', '__proto__', 'login%00', "login'--"]) {
    expectInvalid(await list(account, `?type=${type}`), 'type')
  }
  for (const success of ['', '1', 'TRUE', 'yes', 'true%00']) {
    expectInvalid(await list(account, `?success=${success}`), 'success')
  }
  expectInvalid(
    await list(account, '?limit=0&cursor=x&type=x&success=x'),
    'cursor',
    'limit',
    'success',
    'type',
  )
})

test('a request with several errors is checked by token, owner, parameters', async () => {
  const account = await signUp()
  const neighbour = await signUp()
  for (const query of ['', '?type=x']) {
    const path = `/api/${neighbour.userId}/events${query}`
    expectError(await call(path), 401, 'UNAUTHORIZED')
    expectError(await call(path, { token: 'garbage' }), 401, 'UNAUTHORIZED')
    expectError(await call(path, { token: account.token }), 403, 'FORBIDDEN')
  }
})

test('a cursor from another account returns the caller’s events only', async () => {
  const account = await createAccountWithEvents()
  const neighbour = await createAccountWithEvents()
  const own = (await list(account)).body.data.map(({ id }) => id)
  const [foreign] = (await list(neighbour)).body.data
  const { body } = await list(account, `?cursor=${foreign?.id}`)
  expect(body.data.map(({ id }) => id)).toEqual(own)
})

test('other methods get 405 with Allow', async () => {
  const { token } = await signUp()
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await call('/api/me/events', { method, token })
    expectError(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
  }
})
