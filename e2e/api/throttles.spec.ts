import { expect, test } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import {
  type Answer,
  call,
  expectApiAnswer,
  expectError,
  logIn,
  newAddress,
  refresh,
  signUp,
} from '../support/api.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { eventsOf, query } from '../support/sql.ts'

// In order, in one worker: two servers for the whole file.
test.describe.configure({ mode: 'default' })

/** Both with the default limits, behind one proxy and behind two: so each test has an address of its own. */
let near: RunningServer
let far: RunningServer

test.beforeAll(async () => {
  const [one, two] = [startServer({ TRUSTED_PROXY_HOPS: '1' }), startServer({ TRUSTED_PROXY_HOPS: '2' })]
  near = await one
  far = await two
})

test.afterAll(async () => {
  await Promise.all([near?.stop(), far?.stop()])
})

function nearFrom(address: string) {
  return { server: near.url, headers: { 'content-type': 'application/json', 'x-forwarded-for': address } }
}

function farFrom(address: string) {
  const chain = `${address}, 192.0.2.1`
  return { server: far.url, headers: { 'content-type': 'application/json', 'x-forwarded-for': chain } }
}

function expectThrottled(answer: Answer<unknown>, mostSeconds: number): void {
  expectError(answer, 429, 'RATE_LIMITED')
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(mostSeconds)
}

test('the sixth wrong log-in within a minute is 429, even with the right password', async () => {
  const { email, userId } = await signUp()
  const here = nearFrom(newAddress())
  for (let attempt = 1; attempt <= 5; attempt++) {
    expectError(await logIn(email, 'wrong', here), 401, 'AUTH_FAILED')
  }
  expectThrottled(await logIn(email, PASSWORD, here), 60)
  expectThrottled(await logIn(email.toUpperCase(), PASSWORD, here), 60)

  const other = await signUp()
  expectApiAnswer(await logIn(other.email, PASSWORD, here), 200)
  expectApiAnswer(await logIn(email, PASSWORD, nearFrom(newAddress())), 200)
  expect(await eventsOf(userId, 'throttled')).toHaveLength(1)
})

test('an unknown account is throttled like a known one', async () => {
  const email = newEmail()
  const here = nearFrom(newAddress())
  for (let attempt = 1; attempt <= 5; attempt++) await logIn(email, 'wrong', here)
  expectThrottled(await logIn(email, 'wrong', here), 60)
})

test('of a hundred parallel wrong log-ins over two servers five are 401 and the rest 429', async () => {
  const { email } = await signUp()
  const address = newAddress()
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      logIn(email, `wrong ${i}`, i % 2 ? nearFrom(address) : farFrom(address)),
    ),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(95)
})

test('twenty wrong log-ins to different accounts use up an address, and not its neighbour', async () => {
  const address = newAddress()
  const attempts = Array.from({ length: 20 }, () => logIn(newEmail(), 'wrong', nearFrom(address)))
  for (const answer of await Promise.all(attempts)) expectError(answer, 401, 'AUTH_FAILED')
  expectThrottled(await logIn(newEmail(), 'wrong', farFrom(address)), 60)
  expectError(await logIn(newEmail(), 'wrong', nearFrom(newAddress())), 401, 'AUTH_FAILED')
})

test('an IPv6 client counts by its /64, however it is spelled', async () => {
  const email = newEmail()
  const prefix = `2001:db8:${Math.floor(Math.random() * 0xffff).toString(16)}:1`
  for (const rest of ['::1', '::ffff:1', ':a:b:c:d', ':A:0:0:1', '::2']) {
    expectError(await logIn(email, 'wrong', nearFrom(prefix + rest)), 401, 'AUTH_FAILED')
  }
  expectThrottled(await logIn(email, 'wrong', nearFrom(`${prefix}:dead:beef::`)), 60)
})

test('right passwords cost nothing', async () => {
  const { email } = await signUp()
  const here = nearFrom(newAddress())
  for (let attempt = 1; attempt <= 8; attempt++) expectApiAnswer(await logIn(email, PASSWORD, here), 200)
})

test('the eleventh account of one address within an hour is 429; refused sign-ups do not count', async () => {
  const here = nearFrom(newAddress())
  const signUpAs = (email: string) =>
    call('/api/auth/signup', { ...here, json: { email, password: PASSWORD } })
  const first = newEmail()
  expectApiAnswer(await signUpAs(first), 201)
  for (let i = 1; i <= 3; i++) expectError(await signUpAs(first), 409, 'EMAIL_TAKEN')
  for (let i = 2; i <= 10; i++) expectApiAnswer(await signUpAs(newEmail()), 201)
  expectThrottled(await signUpAs(newEmail()), 3600)
})

test('the thirty-first rotation of a session within a minute is 429 and uses nothing up', async () => {
  const account = await signUp()
  const here = nearFrom(newAddress())
  let token = account.refreshToken
  for (let i = 0; i < 30; i++) token = (await refresh(token, here)).body.refresh_token
  expectThrottled(await refresh(token, here), 60)
  await query('DELETE FROM throttle_buckets WHERE key LIKE $1', ['refresh.session:%'])
  expectApiAnswer(await refresh(token, here), 200)
})

test('the sixty-first refused refresh of one address within a minute is 429', async () => {
  const here = nearFrom(newAddress())
  const tries = await Promise.all(Array.from({ length: 60 }, (_, i) => refresh(`unknown ${i}`, here)))
  for (const answer of tries) expectError(answer, 401, 'INVALID_REFRESH_TOKEN')
  expectThrottled(await refresh('unknown', here), 60)
  expectError(await refresh('unknown', nearFrom(newAddress())), 401, 'INVALID_REFRESH_TOKEN')
})

test.describe('the address in the audit trail is the one that the trusted proxies saw', () => {
  const lies = { forwarded: 'for=6.6.6.6', 'x-real-ip': '6.6.6.6', 'true-client-ip': '6.6.6.6' }
  const cases = [
    ['0 hops', () => undefined, '6.6.6.6', '127.0.0.1'],
    ['0 hops', () => undefined, '6.6.6.6, 7.7.7.7', '127.0.0.1'],
    ['1 hop', () => near.url, '6.6.6.6, 203.0.113.7', '203.0.113.7'],
    ['1 hop', () => near.url, '203.0.113.7:1234', '203.0.113.7'],
    ['1 hop', () => near.url, '6.6.6.6, ::ffff:203.0.113.7', '203.0.113.7'],
    ['1 hop', () => near.url, '6.6.6.6, garbage', '127.0.0.1'],
    ['2 hops', () => far.url, '6.6.6.6, 203.0.113.7, 192.0.2.1', '203.0.113.7'],
    ['2 hops', () => far.url, '6.6.6.6, [2001:DB8::1]:443, 192.0.2.1', '2001:db8::1'],
    ['2 hops', () => far.url, '6.6.6.6', '127.0.0.1'],
  ] as const

  for (const [hops, url, forwarded, expected] of cases) {
    test(`${hops}, X-Forwarded-For: ${forwarded}`, async () => {
      const account = await signUp()
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded, ...lies }
      const server = url()
      await logIn(account.email, PASSWORD, { headers, ...(server && { server }) })
      const [event] = await eventsOf(account.userId, 'login')
      expect(event?.ip_address).toBe(expected)
    })
  }
})
