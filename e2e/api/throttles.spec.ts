import { expect, test } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import {
  type Answer,
  call,
  expectApiAnswer,
  expectError,
  logIn,
  newIpAddress,
  refresh,
  signUp,
} from '../support/api.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { eventsOf, query } from '../support/sql.ts'

// One worker for the whole file, because the tests share two servers.
test.describe.configure({ mode: 'default' })

// Both have the default limits. Because they trust one or two proxies, each test can use an address of its own.
let behindOneProxy: RunningServer
let behindTwoProxies: RunningServer

test.beforeAll(async () => {
  const [one, two] = [startServer({ TRUSTED_PROXY_HOPS: '1' }), startServer({ TRUSTED_PROXY_HOPS: '2' })]
  behindOneProxy = await one
  behindTwoProxies = await two
})

test.afterAll(async () => {
  await Promise.all([behindOneProxy?.stop(), behindTwoProxies?.stop()])
})

function fromOneProxy(address: string) {
  return {
    server: behindOneProxy.url,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
  }
}

function fromTwoProxies(address: string) {
  const chain = `${address}, 192.0.2.1`
  return {
    server: behindTwoProxies.url,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': chain },
  }
}

function expectThrottled(answer: Answer<unknown>, mostSeconds: number): void {
  expectError(answer, 429, 'RATE_LIMITED')
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(mostSeconds)
}

test('five wrong log-ins within a minute make the sixth 429, even with the right password', async () => {
  const { email, userId } = await signUp()
  const here = fromOneProxy(newIpAddress())
  for (let attempt = 1; attempt <= 5; attempt++) {
    expectError(await logIn(email, 'wrong', here), 401, 'AUTH_FAILED')
  }
  expectThrottled(await logIn(email, PASSWORD, here), 60)
  expectThrottled(await logIn(email.toUpperCase(), PASSWORD, here), 60)

  const other = await signUp()
  expectApiAnswer(await logIn(other.email, PASSWORD, here), 200)
  expectApiAnswer(await logIn(email, PASSWORD, fromOneProxy(newIpAddress())), 200)
  expect(await eventsOf(userId, 'throttled')).toHaveLength(1)
})

test('five wrong log-ins to an unknown account make the sixth 429, as for a known one', async () => {
  const email = newEmail()
  const here = fromOneProxy(newIpAddress())
  for (let attempt = 1; attempt <= 5; attempt++) await logIn(email, 'wrong', here)
  expectThrottled(await logIn(email, 'wrong', here), 60)
})

test('a hundred parallel wrong log-ins on two servers return five 401 and 95 429', async () => {
  const { email } = await signUp()
  const address = newIpAddress()
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      logIn(email, `wrong ${i}`, i % 2 ? fromOneProxy(address) : fromTwoProxies(address)),
    ),
  )
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([...Array(5).fill(401), ...Array(95).fill(429)])
})

test('twenty wrong log-ins to different accounts throttle an address, and no other address', async () => {
  const address = newIpAddress()
  const attempts = Array.from({ length: 20 }, () => logIn(newEmail(), 'wrong', fromOneProxy(address)))
  for (const answer of await Promise.all(attempts)) expectError(answer, 401, 'AUTH_FAILED')
  expectThrottled(await logIn(newEmail(), 'wrong', fromTwoProxies(address)), 60)
  expectError(await logIn(newEmail(), 'wrong', fromOneProxy(newIpAddress())), 401, 'AUTH_FAILED')
})

test('IPv6 addresses of one /64 share a throttle in every spelling', async () => {
  const email = newEmail()
  const prefix = `2001:db8:${Math.floor(Math.random() * 0xffff).toString(16)}:1`
  for (const rest of ['::1', '::ffff:1', ':a:b:c:d', ':A:0:0:1', '::2']) {
    expectError(await logIn(email, 'wrong', fromOneProxy(prefix + rest)), 401, 'AUTH_FAILED')
  }
  expectThrottled(await logIn(email, 'wrong', fromOneProxy(`${prefix}:dead:beef::`)), 60)
})

test('eight log-ins with the right password are not throttled', async () => {
  const { email } = await signUp()
  const here = fromOneProxy(newIpAddress())
  for (let attempt = 1; attempt <= 8; attempt++) expectApiAnswer(await logIn(email, PASSWORD, here), 200)
})

test('ten new accounts from one address within an hour make the next 429; failed sign-ups do not count', async () => {
  const here = fromOneProxy(newIpAddress())
  const signUpAs = (email: string) =>
    call('/api/auth/signup', { ...here, json: { email, password: PASSWORD } })
  const first = newEmail()
  expectApiAnswer(await signUpAs(first), 201)
  for (let i = 1; i <= 3; i++) expectError(await signUpAs(first), 409, 'EMAIL_TAKEN')
  for (let i = 2; i <= 10; i++) expectApiAnswer(await signUpAs(newEmail()), 201)
  expectThrottled(await signUpAs(newEmail()), 3600)
})

test('thirty refreshes of a session within a minute make the next 429, and its token stays valid', async () => {
  const account = await signUp()
  const here = fromOneProxy(newIpAddress())
  let token = account.refreshToken
  for (let i = 0; i < 30; i++) token = (await refresh(token, here)).body.refresh_token
  expectThrottled(await refresh(token, here), 60)
  await query('DELETE FROM throttle_buckets WHERE key LIKE $1', ['refresh.session:%'])
  expectApiAnswer(await refresh(token, here), 200)
})

test('sixty rejected refreshes from one address within a minute make the next 429', async () => {
  const here = fromOneProxy(newIpAddress())
  const tries = await Promise.all(Array.from({ length: 60 }, (_, i) => refresh(`unknown ${i}`, here)))
  for (const answer of tries) expectError(answer, 401, 'INVALID_REFRESH_TOKEN')
  expectThrottled(await refresh('unknown', here), 60)
  expectError(await refresh('unknown', fromOneProxy(newIpAddress())), 401, 'INVALID_REFRESH_TOKEN')
})

test.describe('the audit trail records the address that the trusted proxies saw', () => {
  const spoofed = { forwarded: 'for=6.6.6.6', 'x-real-ip': '6.6.6.6', 'true-client-ip': '6.6.6.6' }
  const cases = [
    ['0 hops', () => undefined, '6.6.6.6', '127.0.0.1'],
    ['0 hops', () => undefined, '6.6.6.6, 7.7.7.7', '127.0.0.1'],
    ['1 hop', () => behindOneProxy.url, '6.6.6.6, 203.0.113.7', '203.0.113.7'],
    ['1 hop', () => behindOneProxy.url, '203.0.113.7:1234', '203.0.113.7'],
    ['1 hop', () => behindOneProxy.url, '6.6.6.6, ::ffff:203.0.113.7', '203.0.113.7'],
    ['1 hop', () => behindOneProxy.url, '6.6.6.6, garbage', '127.0.0.1'],
    ['2 hops', () => behindTwoProxies.url, '6.6.6.6, 203.0.113.7, 192.0.2.1', '203.0.113.7'],
    ['2 hops', () => behindTwoProxies.url, '6.6.6.6, [2001:DB8::1]:443, 192.0.2.1', '2001:db8::1'],
    ['2 hops', () => behindTwoProxies.url, '6.6.6.6', '127.0.0.1'],
  ] as const

  for (const [hops, url, forwarded, expected] of cases) {
    test(`${hops}, X-Forwarded-For: ${forwarded}`, async () => {
      const account = await signUp()
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded, ...spoofed }
      const server = url()
      await logIn(account.email, PASSWORD, { headers, ...(server && { server }) })
      const [event] = await eventsOf(account.userId, 'login')
      expect(event?.ip_address).toBe(expected)
    })
  }
})
