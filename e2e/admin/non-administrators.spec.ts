import { ADMIN_API, ADMIN_PAGES } from '../support/admin-paths.ts'
import { createAdmin, setRole } from '../support/administrators.ts'
import { type Account, call, expectApiAnswer, expectError, signUp } from '../support/api.ts'
import { logInAs } from '../support/sessions.ts'
import { eventsOf } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'
import { claimsFor, decode, mint, tamper } from '../support/tokens.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const BODIES = [undefined, '{"disabled":true}', '{"role":"root"}', '{', '[]', 'x'.repeat(60_000)]

const NOT_FOUND_HEADING = 'Page not found'

test('a user who is no administrator gets 404 below /api/admin, by any method, with any body', async () => {
  const { token, userId } = await signUp()
  for (const path of ADMIN_API) {
    for (const method of METHODS) {
      for (const body of method === 'GET' ? [undefined] : BODIES) {
        const given = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }
        const answer = await call(path, { method, token, ...given })
        expect(expectError(answer, 404, 'NOT_FOUND'), `${method} ${path}`).toBeNull()
      }
    }
  }
  const answer = await call('/api/admin/users?limit=wrong', { token })
  expectError(answer, 404, 'NOT_FOUND')
  const text = await call('/api/admin/blocks', { token, method: 'POST', body: 'x' })
  expectError(text, 404, 'NOT_FOUND')
  const [event] = await eventsOf(userId, 'access_denied')
  expect(event).toMatchObject({ success: false, failure_reason: 'not_an_administrator' })
})

test('existing and absent admin endpoints return the same error and headers', async () => {
  const { token } = await signUp()
  // The server checks the size before it authenticates the sender.
  for (const path of ['/api/admin/blocks', '/api/admin/no']) {
    expectError(await call(path, { method: 'POST', body: 'x'.repeat(70_000) }), 413, 'PAYLOAD_TOO_LARGE')
  }
  const [existing, absent] = [
    await call('/api/admin/users', { token }),
    await call('/api/admin/no', { token }),
  ]
  expect(existing.body.error).toEqual(absent.body.error)
  expect([...existing.headers.keys()].sort()).toEqual([...absent.headers.keys()].sort())
})

test('requests without a token get 401 below /api/admin, by any method', async () => {
  for (const path of ADMIN_API) {
    for (const method of METHODS) expectError(await call(path, { method }), 401, 'UNAUTHORIZED')
  }
})

test('an administrator gets 405 with Allow for other methods, and 404 for absent endpoints', async () => {
  const { token } = await createAdmin()
  for (const [path, allow] of [
    ['/api/admin/users', 'GET, HEAD'],
    ['/api/admin/blocks', 'GET, HEAD, POST'],
  ] as const) {
    const answer = await call(path, { method: 'DELETE', token })
    expectError(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).toBe(allow)
  }
  expectError(await call('/api/admin/nothing', { token }), 404, 'NOT_FOUND')
})

test('a user who is no administrator gets 404 for every page below /admin', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/404/)
  await logInAs(page, await signUp())
  for (const path of ADMIN_PAGES) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(NOT_FOUND_HEADING)
  }
})

test('a request for the data of an admin page by Next.js’s router reveals nothing to a user', async () => {
  const [user, operator, target] = [await signUp(), await createAdmin(), await signUp()]
  const requestData = async ({ token }: Account, path: string) => {
    const options = { cookie: `taskward.access=${token}`, headers: { rsc: '1' } }
    const answer = await call(path, options)
    // Next.js marks such requests in the URL. It redirects requests without the mark.
    const address = answer.headers.get('location')
    return address ? call(address, options) : answer
  }
  for (const path of ['/admin/security', '/admin/users', '/admin/events', `/admin/users/${target.userId}`]) {
    const [seen, hidden] = [await requestData(operator, path), await requestData(user, path)]
    expect(seen.text, path).toContain('"Administration"')
    expect(hidden.text, path).toMatch(/NEXT_HTTP_ERROR_FALLBACK;404/)
    expect(hidden.text, path).not.toMatch(/"Administration"|Show events|Search by email|Blocked addresses/)
    expect(hidden.text, path).not.toContain(path.endsWith(target.userId) ? target.email : operator.email)
  }
})

test('a signed-out visitor is redirected to the log-in page from every admin path', async () => {
  for (const path of ADMIN_PAGES) {
    const answer = await call(path)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`)
  }
})

test.describe('a role in a token', () => {
  const claims = { role: 'admin', roles: ['admin'], admin: true, is_admin: true, scope: 'admin' }
  const tokensOf = async (account: Account) => {
    const sessionId = String(decode(account.token)[1]?.sid)
    return {
      forged: tamper(account.token, claims),
      signed: await mint({ ...claimsFor(account, sessionId), ...claims }),
    }
  }

  test('grants no administrator rights, whether forged or signed', async () => {
    const { forged, signed } = await tokensOf(await signUp())
    expectError(await call('/api/admin/users', { token: forged }), 401, 'UNAUTHORIZED')
    expectError(await call('/api/admin/users', { token: signed }), 404, 'NOT_FOUND')
    const page = await call('/admin/users', { cookie: `taskward.access=${signed}` })
    expect(page.status).toBe(404)
  })

  test('neither removes nor keeps administrator rights: the role in the database counts', async () => {
    const operator = await createAdmin()
    const sessionId = String(decode(operator.token)[1]?.sid)
    const demoting = await mint({ ...claimsFor(operator, sessionId), role: 'user' })
    expectApiAnswer(await call('/api/admin/users', { token: demoting }), 200)
    const { signed } = await tokensOf(operator)
    await setRole(operator, 'user')
    for (const token of [signed, operator.token]) {
      expectError(await call('/api/admin/users', { token }), 404, 'NOT_FOUND')
    }
  })
})
