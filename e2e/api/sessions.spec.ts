import {
  type Account,
  type Answer,
  call,
  expectApiAnswer,
  expectError,
  ISO_TIME,
  logIn,
  signUp,
  statusOfMe,
  UUID,
} from '../support/api.ts'
import { countEvents, knownDevicesOf, logInAs } from '../support/sessions.ts'
import { eventsOf } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const UNKNOWN_ID = '01890000-0000-7000-8000-000000000000'

type Session = { id: string; current: boolean }

/** Opens another bearer session of the account, with a known user agent. */
async function logInAgain(account: Account): Promise<Account> {
  const headers = { 'user-agent': 'backup-tool/2.1' }
  const { body } = await logIn(account.email, account.password, { headers })
  return { ...account, token: body.token }
}

function list({ token }: Account, user = 'me'): Promise<Answer<{ data: Session[]; meta: object }>> {
  return call(`/api/${user}/sessions`, { token })
}

function end({ token }: Account, path: string): Promise<Answer<unknown>> {
  return call(path, { method: 'DELETE', token })
}

async function idOf(account: Account): Promise<string> {
  const { body } = await list(account)
  return body.data.find(({ current }) => current)?.id ?? ''
}

test('the list returns the active sessions, the caller’s first, with the documented fields only', async () => {
  const account = await signUp()
  await logInAgain(account)
  const ended = await logInAgain(account)
  expectApiAnswer(await end(account, `/api/me/sessions/${await idOf(ended)}`), 204)

  const answer = await list(account, account.userId)
  expectApiAnswer(answer, 200)
  const about = (device: string, userAgent: string, current: boolean) => ({
    id: expect.stringMatching(UUID),
    created_at: expect.stringMatching(ISO_TIME),
    last_seen_at: expect.stringMatching(ISO_TIME),
    expires_at: expect.stringMatching(ISO_TIME),
    ip_address: '127.0.0.1',
    user_agent: userAgent,
    device,
    signed_in_with: 'password',
    current,
  })
  expect(answer.body).toEqual({
    data: [about('node', 'node', true), about('backup-tool', 'backup-tool/2.1', false)],
    meta: {
      timestamp: expect.stringMatching(ISO_TIME),
      request_id: answer.headers.get('x-request-id'),
      count: 2,
    },
  })
  expect((await list(account)).body.data).toEqual(answer.body.data)
})

test('ending a session invalidates its token immediately, and ending it again changes nothing', async () => {
  const account = await signUp()
  const other = await logInAgain(account)
  const id = await idOf(other)
  for (const path of [`/api/me/sessions/${id}`, `/api/${account.userId}/sessions/${id.toUpperCase()}`]) {
    const answer = await end(account, path)
    expectApiAnswer(answer, 204)
    expect(answer.text).toBe('')
  }
  expect(await statusOfMe(other)).toBe(401)
  expect(await statusOfMe(account)).toBe(200)
  expect(await countEvents(account, 'session_revoked')).toBe(1)
})

test('ending the own session logs the caller out', async () => {
  const account = await signUp()
  expectApiAnswer(await end(account, `/api/me/sessions/${await idOf(account)}`), 204)
  expectError(await list(account), 401, 'UNAUTHORIZED')
  expect(await countEvents(account, 'logout')).toBe(1)
})

test('ending all other sessions keeps the caller’s and those of other accounts', async () => {
  const account = await signUp()
  const ended = [await logInAgain(account), await logInAgain(account)]
  const neighbour = await signUp()
  expectApiAnswer(await end(account, '/api/me/sessions'), 204)
  for (const session of ended) expect(await statusOfMe(session)).toBe(401)
  for (const kept of [account, neighbour]) expect(await statusOfMe(kept)).toBe(200)
  expectApiAnswer(await end(account, '/api/me/sessions'), 204)
})

test('unknown, foreign and malformed ids get the same 404 and end no session', async () => {
  const account = await signUp()
  const neighbour = await signUp()
  const foreign = await idOf(neighbour)
  for (const id of [UNKNOWN_ID, foreign, 'nothing', `${foreign}'--`]) {
    const answer = await end(account, `/api/me/sessions/${encodeURIComponent(id)}`)
    expect(expectError(answer, 404, 'NOT_FOUND'), id).toBeNull()
    expect(answer.body).toMatchObject({ error: { message: 'There is no such session' } })
  }
  expect(await statusOfMe(neighbour)).toBe(200)
  expect(await eventsOf(account.userId, 'access_denied')).toMatchObject([
    { failure_reason: 'foreign_session', details: { session_id: foreign } },
  ])
})

test('a request with several errors is checked by token, owner, session', async () => {
  const account = await signUp()
  const neighbour = await signUp()
  const own = await idOf(account)
  for (const user of [neighbour.userId, UNKNOWN_ID, 'no-id']) {
    for (const [method, path] of [
      ['GET', `/api/${user}/sessions`],
      ['DELETE', `/api/${user}/sessions`],
      ['DELETE', `/api/${user}/sessions/${own}`],
      ['DELETE', `/api/${user}/sessions/nothing`],
    ] as const) {
      expectError(await call(path, { method }), 401, 'UNAUTHORIZED')
      expectError(await call(path, { method, token: 'garbage' }), 401, 'UNAUTHORIZED')
      expectError(await call(path, { method, token: account.token }), 403, 'FORBIDDEN')
    }
  }
  expectApiAnswer(await list(account), 200)
})

test('other methods get 405 with Allow', async () => {
  const { token } = await signUp()
  for (const [path, allow, refused] of [
    ['/api/me/sessions', 'GET, HEAD, DELETE', ['POST', 'PUT', 'PATCH']],
    [`/api/me/sessions/${UNKNOWN_ID}`, 'DELETE', ['GET', 'POST', 'PUT', 'PATCH']],
  ] as const) {
    for (const method of refused) {
      const answer = await call(path, { method, token })
      expectError(answer, 405, 'METHOD_NOT_ALLOWED')
      expect(answer.headers.get('allow'), `${method} ${path}`).toBe(allow)
    }
  }
})

test('a cookie with a foreign origin ends no sessions, and with the own origin it does', async ({
  page,
  context,
}) => {
  const account = await signUp()
  await logInAs(page, account)
  const foreign = { origin: 'https://evil.example' }
  expect((await context.request.delete('/api/me/sessions', { headers: foreign })).status()).toBe(403)
  expect(await statusOfMe(account)).toBe(200)

  const status = await page.evaluate(
    async () => (await fetch('/api/me/sessions', { method: 'DELETE' })).status,
  )
  expect(status).toBe(204)
  expect(await knownDevicesOf(account), 'known devices: the acting browser alone').toEqual(['cookie'])
  expect(await statusOfMe(account)).toBe(401)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})
