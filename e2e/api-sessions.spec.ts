import { type Account, countEvents, createAccount, enter, query } from './support/sessions.ts'
import { expect, test } from './support/test.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const ABSENT = '01890000-0000-7000-8000-000000000000'

type Session = { id: string; current: boolean; device: string }
type Body = { data: Session[]; meta: object; error?: { code: string; message: string; details: null } }

async function call(method: string, path: string, token?: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, process.env.TASKWARD_E2E_URL), {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
  })
  const text = await response.text()
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-request-id')).toMatch(UUID)
  expect(response.headers.getSetCookie()).toEqual([])
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text ? JSON.parse(text) : {}) as Body,
  }
}

/** Another bearer session of the account. */
async function logInAgain({ email, password }: Account, userAgent = 'backup-tool/2.1'): Promise<string> {
  const response = await fetch(new URL('/api/auth/login', process.env.TASKWARD_E2E_URL), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ email, password }),
  })
  expect(response.status).toBe(200)
  return (await response.json()).token
}

async function idOf(token: string): Promise<string> {
  const { body } = await call('GET', '/api/me/sessions', token)
  return body.data.find(({ current }) => current)?.id ?? ''
}

test('the list has the living sessions, the caller’s own first, in the contract’s shape', async () => {
  const account = await createAccount()
  await logInAgain(account)
  const ended = await logInAgain(account)
  await call('DELETE', `/api/me/sessions/${await idOf(ended)}`, account.token)

  const answer = await call('GET', `/api/${account.userId}/sessions`, account.token)
  expect(answer.status).toBe(200)
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
  expect((await call('GET', '/api/me/sessions', account.token)).body.data).toEqual(answer.body.data)
})

test('ending a session refuses its token at once, and ending it again changes nothing', async () => {
  const account = await createAccount()
  const other = await logInAgain(account)
  const id = await idOf(other)
  for (const path of [`/api/me/sessions/${id}`, `/api/${account.userId}/sessions/${id.toUpperCase()}`]) {
    const answer = await call('DELETE', path, account.token)
    expect([answer.status, answer.text]).toEqual([204, ''])
  }
  expect((await call('GET', '/api/auth/me', other)).status).toBe(401)
  expect((await call('GET', '/api/auth/me', account.token)).status).toBe(200)
  expect(await countEvents(account.userId, 'session_revoked')).toBe(1)
})

test('a caller can end the own session, which is a log-out', async () => {
  const account = await createAccount()
  expect((await call('DELETE', `/api/me/sessions/${await idOf(account.token)}`, account.token)).status).toBe(
    204,
  )
  expect((await call('GET', '/api/me/sessions', account.token)).status).toBe(401)
  expect(await countEvents(account.userId, 'logout')).toBe(1)
})

test('ending all others leaves the caller’s own and everybody else’s', async () => {
  const account = await createAccount()
  const others = [await logInAgain(account), await logInAgain(account)]
  const neighbour = await createAccount()
  const answer = await call('DELETE', '/api/me/sessions', account.token)
  expect([answer.status, answer.text]).toEqual([204, ''])
  for (const token of others) expect((await call('GET', '/api/auth/me', token)).status).toBe(401)
  for (const { token } of [account, neighbour])
    expect((await call('GET', '/api/auth/me', token)).status).toBe(200)
  expect((await call('DELETE', '/api/me/sessions', account.token)).status, 'with none left').toBe(204)
})

test('absent, foreign and malformed ids are one and the same 404, and end nothing', async () => {
  const account = await createAccount()
  const neighbour = await createAccount()
  const foreign = await idOf(neighbour.token)
  const answers = []
  for (const id of [ABSENT, foreign, 'nothing', '%00', `${foreign}'--`]) {
    const answer = await call('DELETE', `/api/me/sessions/${id}`, account.token)
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    answers.push([answer.status, answer.body.error])
  }
  expect(answers[0]).toEqual([404, { code: 'NOT_FOUND', message: 'There is no such session', details: null }])
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect((await call('GET', '/api/auth/me', neighbour.token)).status).toBe(200)
  const denied = await query(
    `SELECT details FROM auth_events WHERE user_id = $1 AND failure_reason = 'foreign_session'`,
    [account.userId],
  )
  expect(denied).toEqual([{ details: { session_id: foreign } }])
})

test('the order of checks is token, owner, session', async () => {
  const account = await createAccount()
  const neighbour = await createAccount()
  const own = await idOf(account.token)
  for (const user of [neighbour.userId, ABSENT, 'somebody']) {
    for (const [method, path] of [
      ['GET', `/api/${user}/sessions`],
      ['DELETE', `/api/${user}/sessions`],
      ['DELETE', `/api/${user}/sessions/${own}`],
      ['DELETE', `/api/${user}/sessions/nothing`],
    ] as const) {
      for (const token of [undefined, 'garbage']) {
        const answer = await call(method, path, token)
        expect([answer.status, answer.body.error?.code], `${method} ${path}`).toEqual([401, 'UNAUTHORIZED'])
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
      const answer = await call(method, path, account.token)
      expect([answer.status, answer.body.error?.code], `${method} ${path}`).toEqual([403, 'FORBIDDEN'])
    }
  }
  expect((await call('GET', '/api/me/sessions', account.token)).status).toBe(200)
})

test('other methods are 405 and name the ones there are', async () => {
  const { token } = await createAccount()
  for (const [path, allow] of [
    ['/api/me/sessions', 'GET, HEAD, DELETE'],
    [`/api/me/sessions/${ABSENT}`, 'DELETE'],
  ] as const) {
    for (const method of ['POST', 'PUT', 'PATCH']) {
      const answer = await call(method, path, token)
      expect([answer.status, answer.headers.get('allow')], `${method} ${path}`).toEqual([405, allow])
    }
  }
  expect((await call('GET', `/api/me/sessions/${ABSENT}`, token)).status).toBe(405)
})

test('a browser’s session ends sessions for this site’s own pages only', async ({ page, context }) => {
  const account = await createAccount()
  await enter(page, account)
  const foreign = await context.request.delete('/api/me/sessions', {
    headers: { origin: 'https://evil.example' },
  })
  expect(foreign.status()).toBe(403)
  expect((await call('GET', '/api/auth/me', account.token)).status).toBe(200)

  const status = await page.evaluate(
    async () => (await fetch('/api/me/sessions', { method: 'DELETE' })).status,
  )
  expect(status).toBe(204)
  expect((await call('GET', '/api/auth/me', account.token)).status).toBe(401)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})
