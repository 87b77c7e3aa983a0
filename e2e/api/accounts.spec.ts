import { expect, test } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import type { Answer, ErrorBody, SignedIn } from '../support/api.ts'
import { call, expectApiAnswer, expectError, expectInvalid, ISO_TIME, logIn, signUp } from '../support/api.ts'
import { query } from '../support/sql.ts'
import { decode } from '../support/tokens.ts'

const REFRESH_TOKEN = /^[\w-]{43}$/

function expectTokens({ body }: Answer<SignedIn>, email: string): void {
  expect(body).toEqual({
    user_id: expect.any(String),
    email,
    token: body.access_token,
    access_token: expect.any(String),
    refresh_token: expect.stringMatching(REFRESH_TOKEN),
    token_type: 'Bearer',
    expires_in: 900,
  })
}

test('sign-up returns 201 with the tokens in the body and no cookie', async () => {
  const email = newEmail()
  const answer = await call<SignedIn>('/api/auth/signup', { json: { email, password: PASSWORD } })
  expectApiAnswer(answer, 201)
  expectTokens(answer, email)
})

test('an access token has the documented header and claims, and no others', async () => {
  const { token, userId, email, server } = await signUp()
  const [header, claims] = decode(token)
  expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: expect.stringMatching(/^\w+$/) })
  expect(claims).toEqual({
    iss: server,
    aud: server,
    sub: userId,
    user_id: userId,
    email,
    sid: expect.any(String),
    jti: expect.any(String),
    iat: expect.any(Number),
    exp: Number(claims?.iat) + 900,
  })
})

test('an email in another case and with spaces belongs to the same account', async () => {
  const email = newEmail()
  const spelled = `  ${email.toUpperCase()} `
  const json = { email: spelled, password: PASSWORD, name: ' Ann ' }
  expectTokens(await call('/api/auth/signup', { json }), email)
  expectError(await call('/api/auth/signup', { json: { email, password: PASSWORD } }), 409, 'EMAIL_TAKEN')
  const answer = await logIn(spelled, PASSWORD)
  expectApiAnswer(answer, 200)
  expectTokens(answer, email)
})

test('ten parallel sign-ups with one email return one 201 and nine 409', async () => {
  const json = { email: newEmail(), password: PASSWORD }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => call<ErrorBody>('/api/auth/signup', { json })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
  for (const answer of answers.filter(({ status }) => status === 409)) expectError(answer, 409, 'EMAIL_TAKEN')
})

test('sign-up ignores unknown fields and stores none of them', async () => {
  const { body } = await call<SignedIn>('/api/auth/signup', {
    json: {
      email: newEmail(),
      password: PASSWORD,
      ...{ role: 'admin', id: '018f0000-0000-7000-8000-000000000000', user_id: 'me', disabled_at: null },
      ...{ emailVerified: '2020-01-01T00:00:00Z', createdAt: '2020-01-01T00:00:00Z', image: 'x' },
    },
  })
  const [user] = await query<{ role: string; created_at: Date; email_verified_at: null; image: null }>(
    'SELECT role, created_at, email_verified_at, image FROM users WHERE id = $1',
    [body.user_id],
  )
  expect(user).toMatchObject({ role: 'user', email_verified_at: null, image: null })
  expect(user!.created_at.getFullYear()).not.toBe(2020)
})

test('GET /api/auth/me returns the caller’s account and session', async () => {
  const email = newEmail()
  const json = { email, password: PASSWORD, name: 'Ann' }
  const { body } = await call<SignedIn>('/api/auth/signup', { json })
  const answer = await call<Record<string, unknown>>('/api/auth/me', { token: body.token })
  expectApiAnswer(answer, 200)
  expect(answer.body).toEqual({
    user_id: body.user_id,
    email,
    email_confirmed_at: null,
    name: 'Ann',
    time_zone: null,
    created_at: expect.stringMatching(ISO_TIME),
    last_login_at: expect.stringMatching(ISO_TIME),
    session_id: decode(body.token)[1]?.sid,
  })
  const { body: later } = await logIn(email, PASSWORD)
  const me = await call<Record<string, unknown>>('/api/auth/me', { token: later.token })
  expect(String(me.body.last_login_at) > String(answer.body.last_login_at)).toBe(true)
})

test('a wrong password, an unknown and a disabled account return identical responses', async () => {
  const [known, disabled] = [await signUp(), await signUp()]
  await query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled.userId])
  const answers = [
    await logIn(known.email, 'not the password'),
    await logIn(newEmail(), known.password),
    await logIn(disabled.email, disabled.password),
  ]
  const [first, ...rest] = answers.map((answer) => {
    expectError(answer, 401, 'AUTH_FAILED')
    const { date, 'x-request-id': id, ...headers } = Object.fromEntries(answer.headers)
    const text = answer.text.replace(String(id), '').replace(ISO_TIME.source.slice(1, -1), '')
    return { headers, text: text.replace(/"timestamp":"[^"]+"/, '') }
  })
  expect(first?.text).toContain('"Invalid credentials"')
  for (const other of rest) expect(other).toEqual(first)
})

test('a password that differs beyond 72 bytes or after a NUL is rejected', async () => {
  const email = newEmail()
  const password = `${'ä'.repeat(60)}\0${'ö'.repeat(40)} end`
  expectApiAnswer(await call('/api/auth/signup', { json: { email, password } }), 201)
  for (const wrong of [`${password.slice(0, -1)}D`, password.slice(0, 60), `${password} `]) {
    expectError(await logIn(email, wrong), 401, 'AUTH_FAILED')
  }
  expectApiAnswer(await logIn(email, password), 200)
})

for (const password of [
  'Short1x',
  'alllowercase1',
  'NODIGITSHere',
  'Password123',
  'Summer2026',
  `A1${'x'.repeat(127)}`,
]) {
  test(`sign-up rejects the password ${password.slice(0, 20)}`, async () => {
    expectInvalid(await call('/api/auth/signup', { json: { email: newEmail(), password } }), 'password')
  })
}

test('sign-up rejects a password that contains the email’s local part', async () => {
  const email = newEmail()
  const password = `1A ${email.split('@')[0]?.toUpperCase()} x`
  expectInvalid(await call('/api/auth/signup', { json: { email, password } }), 'password')
})

test('log-out invalidates the access token and the refresh token immediately', async () => {
  const { token, refreshToken } = await signUp()
  const answer = await call('/api/auth/logout', { method: 'POST', token })
  expectApiAnswer(answer, 200)
  expect(answer.body).toEqual({ message: 'Logged out successfully' })
  expectError(await call('/api/auth/me', { token }), 401, 'UNAUTHORIZED')
  expectError(await call('/api/auth/logout', { method: 'POST', token }), 401, 'UNAUTHORIZED')
  const refused = await call('/api/auth/refresh', { json: { refresh_token: refreshToken } })
  expectError(refused, 401, 'INVALID_REFRESH_TOKEN')
})

test('disabling an account invalidates its access token at the next request', async () => {
  const { token, userId } = await signUp()
  await query('UPDATE users SET disabled_at = now() WHERE id = $1', [userId])
  expectError(await call('/api/auth/me', { token }), 401, 'UNAUTHORIZED')
})

test('other methods of an auth endpoint get 405 with Allow', async () => {
  const { token } = await signUp()
  for (const [path, allow] of [
    ['/api/auth/signup', 'POST'],
    ['/api/auth/login', 'POST'],
    ['/api/auth/refresh', 'POST'],
    ['/api/auth/logout', 'POST'],
    ['/api/auth/password/forgot', 'POST'],
    ['/api/auth/password/reset', 'POST'],
    ['/api/auth/me/export', 'GET, HEAD'],
    ['/api/auth/me', 'GET, HEAD, PATCH, DELETE'],
  ] as const) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (allow.includes(method)) continue
      const answer = await call(path, { method, token })
      expectError(answer, 405, 'METHOD_NOT_ALLOWED')
      expect(answer.headers.get('allow')).toBe(allow)
    }
  }
})

test('the endpoints of the auth library return 404 in the error envelope', async () => {
  const names = ['signin', 'signout', 'session', 'csrf', 'providers', 'error', 'verify-request']
  const paths = [...names, 'callback/credentials', 'callback/github', 'signin/credentials']
  for (const method of ['GET', 'POST']) {
    for (const path of paths) {
      expectError(await call(`/api/auth/${path}`, { method }), 404, 'NOT_FOUND')
    }
  }
})
