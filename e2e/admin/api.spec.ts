import { createAdmin, runAdminCommand } from '../support/administrators.ts'
import {
  type Account,
  call,
  expectApiAnswer,
  expectError,
  expectInvalid,
  ISO_TIME,
  logIn,
  newIpAddress,
  refresh,
  signUp,
  statusOfMe,
} from '../support/api.ts'
import { cookiesOf, logInByForm } from '../support/forms.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { logInAs } from '../support/sessions.ts'
import { eventsOf } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'

type User = { id: string; email: string; session_count: number; disabled_at: string | null }
type List<T> = { data: T[]; meta: { count: number; next_cursor: string | null } }

function change({ token }: Account, userId: string, json: object) {
  return call<{ data: User }>(`/api/admin/users/${userId}`, { method: 'PATCH', token, json })
}

test('GET /api/admin/users searches and pages, and rejects invalid parameters', async () => {
  const operator = await createAdmin()
  const user = await signUp()
  const search = encodeURIComponent(user.email.slice(0, 30).toUpperCase())
  const found = await call<List<User>>(`/api/admin/users?search=${search}`, operator)
  expectApiAnswer(found, 200)
  expect(found.body.data).toEqual([
    {
      id: user.userId,
      email: user.email,
      name: null,
      role: 'user',
      created_at: expect.stringMatching(ISO_TIME),
      last_login_at: expect.stringMatching(ISO_TIME),
      disabled_at: null,
      password_change_required_at: null,
      session_count: 1,
    },
  ])
  expect(found.body.meta).toMatchObject({ count: 1, next_cursor: null })

  const first = await call<List<User>>('/api/admin/users?limit=1', operator)
  const next = await call<List<User>>(
    `/api/admin/users?limit=1&cursor=${first.body.meta.next_cursor}`,
    operator,
  )
  expect(first.body.data[0]!.id > next.body.data[0]!.id).toBe(true)
  for (const wrong of ['limit=0', 'limit=201', 'cursor=x', `search=${'x'.repeat(255)}`, 'search=%00']) {
    expectInvalid(await call(`/api/admin/users?${wrong}`, operator), wrong.split('=')[0]!)
  }
})

test('disabling a user ends all sessions immediately, and enabling allows a log-in again', async () => {
  const operator = await createAdmin()
  const user = await signUp()
  const disabled = await change(operator, user.userId, { disabled: true })
  expectApiAnswer(disabled, 200)
  expect(disabled.body.data).toMatchObject({ disabled_at: expect.stringMatching(ISO_TIME), session_count: 0 })
  expect(await statusOfMe(user)).toBe(401)
  expectError(await logIn(user.email, user.password), 401, 'AUTH_FAILED')
  expectApiAnswer(await change(operator, user.userId, { disabled: false }), 200)
  expectApiAnswer(await logIn(user.email, user.password), 200)
  const events = await eventsOf(user.userId, 'account_disabled', 'account_enabled', 'session_revoked')
  for (const event of events) expect(event.details).toMatchObject({ by: operator.userId })
  expect(events).toHaveLength(3)
})

test('ending the sessions of a user invalidates the access and the refresh token', async () => {
  const operator = await createAdmin()
  const user = await signUp()
  const path = `/api/admin/users/${user.userId}/sessions`
  expectApiAnswer(await call(path, { method: 'DELETE', token: operator.token }), 204)
  expect(await statusOfMe(user)).toBe(401)
  expectError(await refresh(user.refreshToken), 401, 'INVALID_REFRESH_TOKEN')
})

test('a demoted administrator gets 404 from the next request, with an old or a new token', async () => {
  const [operator, other] = [await createAdmin(), await signUp()]
  expectApiAnswer(await change(operator, other.userId, { role: 'admin' }), 200)
  expectApiAnswer(await call('/api/admin/users', other), 200)
  expectApiAnswer(await change(operator, other.userId, { role: 'user' }), 200)
  expectError(await call('/api/admin/users', other), 404, 'NOT_FOUND')
  const renewed = await refresh(other.refreshToken)
  expectError(await call('/api/admin/users', { token: renewed.body.access_token }), 404, 'NOT_FOUND')
  expect(await statusOfMe(other)).toBe(200)
})

test('invalid changes get 403, 404 or 400 with the reason, and change nothing', async () => {
  const operator = await createAdmin()
  for (const json of [{ disabled: true }, { role: 'user' }]) {
    const answer = await change(operator, operator.userId, json)
    expectError(answer, 403, 'FORBIDDEN')
    expect(answer.text).toContain('themselves')
  }
  for (const id of [UNKNOWN_ID, 'no-id', `${operator.userId}'--`]) {
    for (const json of [{ disabled: true }, { disabled: false }, { role: 'user' }]) {
      expectError(await change(operator, encodeURIComponent(id), json), 404, 'NOT_FOUND')
    }
    const path = `/api/admin/users/${encodeURIComponent(id)}/sessions`
    expectError(await call(path, { method: 'DELETE', token: operator.token }), 404, 'NOT_FOUND')
  }
  const user = await signUp()
  for (const [json, field] of [
    [{}, 'disabled'],
    [{ disabled: 'yes' }, 'disabled'],
    [{ role: 'root' }, 'role'],
    [{ password_change_required: false }, 'password_change_required'],
    [{ disabled: true, role: 'admin' }, 'disabled'],
  ] as const) {
    expectInvalid(await change(operator, user.userId, json), field)
  }
  expect(await statusOfMe(user)).toBe(200)
})

test('a cookie with a foreign origin ends no sessions, and with the own origin it does', async ({
  page,
  context,
}) => {
  const operator = await createAdmin()
  const user = await signUp()
  await logInAs(page, operator)
  const path = `/api/admin/users/${user.userId}/sessions`
  const foreign = { origin: 'https://evil.example' }
  expect((await context.request.delete(path, { headers: foreign })).status()).toBe(403)
  expect(await statusOfMe(user)).toBe(200)
  const status = await page.evaluate(async (url) => (await fetch(url, { method: 'DELETE' })).status, path)
  expect(status).toBe(204)
  expect(await statusOfMe(user)).toBe(401)
})

test('npm run admin promotes, lists and ends sessions, and disables', async () => {
  const [operator, user] = [await signUp(), await signUp()]
  expectError(await call('/api/admin/users', operator), 404, 'NOT_FOUND')
  expect(await runAdminCommand('promote', operator.email)).toBe('Is an administrator now.')
  expectApiAnswer(await call('/api/admin/users', operator), 200)
  expect(await runAdminCommand('sessions', user.email)).toMatch(/127\.0\.0\.1 {2}node$/)
  expect(await runAdminCommand('revoke', user.email)).toBe('Ended sessions: 1.')
  expect(await statusOfMe(user)).toBe(401)
  expect(await runAdminCommand('disable', operator.email)).toMatch(/^Is disabled now/)
  expectError(await call('/api/admin/users', operator), 401, 'UNAUTHORIZED')
})

test.describe('blocks', () => {
  let server: RunningServer

  test.beforeAll(async () => {
    server = await startServer({ TRUSTED_PROXY_HOPS: '1' })
  })
  test.afterAll(async () => server?.stop())

  const from = (address: string) => ({ server: server.url, headers: { 'x-forwarded-for': address } })

  test('throttle log-in, sign-up and refresh from the address on every server until they are deleted', async () => {
    const operator = await createAdmin()
    const address = newIpAddress()
    const user = await signUp(from(newIpAddress()))
    const device = cookiesOf(await logInByForm(user, from(address)))
    const blocked = await call<{ data: { network: string } }>('/api/admin/blocks', {
      token: operator.token,
      json: { network: `::ffff:${address}`, seconds: 3600 },
    })
    expectApiAnswer(blocked, 201)
    expect(blocked.body.data).toMatchObject({ network: address, blocked_by: operator.userId })

    for (const answer of [
      await logIn(user.email, user.password, from(address)),
      await refresh(user.refreshToken, from(address)),
      await call('/api/auth/signup', {
        ...from(address),
        json: { email: 'x@example.com', password: user.password },
      }),
    ]) {
      expectError(answer, 429, 'RATE_LIMITED')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3500)
    }
    expectApiAnswer(await call('/api/auth/me', { ...user, ...from(address) }), 200)

    // The gate renews sessions for a known device only.
    const renewing = (cookie: string) => call('/api/auth/me', { ...from(address), cookie })
    const [refreshCookie = ''] = /taskward\.refresh=[^;]+/.exec(device) ?? []
    expectError(await renewing(refreshCookie), 503, 'SERVICE_UNAVAILABLE')
    const renewed = await renewing(device.replace(/taskward\.access=[^;]+; /, ''))
    expect([renewed.status, renewed.headers.getSetCookie().length]).toEqual([200, 2])

    const list = await call<List<{ network: string }>>('/api/admin/blocks?limit=200', operator)
    expectApiAnswer(list, 200)
    expect(list.body.data).toContainEqual(expect.objectContaining({ network: address }))
    const path = blocked.headers.get('location') ?? ''
    expectApiAnswer(await call(path, { method: 'DELETE', token: operator.token }), 204)
    expectError(await call(path, { method: 'DELETE', token: operator.token }), 404, 'NOT_FOUND')
    expectApiAnswer(await logIn(user.email, user.password, from(address)), 200)
  })

  test('cover the /64 of an IPv6 address, and invalid ones get 400 or 404', async () => {
    const { token } = await createAdmin()
    const block = (json: object) => call('/api/admin/blocks', { token, json })
    const blocked = await block({ network: '2001:db8:77:1::9', seconds: 60 })
    expect(blocked.headers.get('location')).toBe('/api/admin/blocks/2001%3Adb8%3A77%3A1%3A%3A%2F64')
    const path = blocked.headers.get('location') ?? ''
    expectApiAnswer(await call(path, { method: 'DELETE', token }), 204)
    expectInvalid(await block({ network: '10.0.0.0/8', seconds: 60 }), 'network')
    expectInvalid(await block({ network: 7 }), 'network', 'seconds')
    for (const seconds of [0, 59, 2_592_001, 60.5, '60', null]) {
      expectInvalid(await block({ network: '198.51.100.7', seconds }), 'seconds')
    }
    expectInvalid(await call('/api/admin/blocks?cursor=x', { token }), 'cursor')
    expectError(await call('/api/admin/blocks/nothing', { method: 'DELETE', token }), 404, 'NOT_FOUND')
  })
})
