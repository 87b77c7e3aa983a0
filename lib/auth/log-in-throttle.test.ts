import { beforeEach, describe, expect, test } from 'vitest'
import { db, isDatabaseAway } from '#lib/db/client'
import { truncateAll } from '#lib/testing/database'
import {
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories'
import { bucket } from '#lib/throttle/bucket'
import type { LimitName } from '#lib/throttle/limits'
import { logIn } from './log-in'
import type { SignIn } from './session/start-session'

const WRONG = 'Sunny-day8'
let user: TestUser

beforeEach(async () => {
  await truncateAll()
  user = await createUser({ email: 'ada@example.com' })
})

function from(ipAddress: string, own: Partial<SignIn> = {}) {
  return makeSignIn({ client: makeClient({ ipAddress }), ...own })
}

function attempt(password: string, signIn = from('203.0.113.9'), email = user.email) {
  return logIn({ email, password }, signIn)
}

/** On a slow machine some of very many wait too long for a connection, which is a 503 and no guess. */
function sayWhenBusy(error: unknown): { ok: false; error: { code: 'SERVICE_UNAVAILABLE' } } {
  if (isDatabaseAway(error)) return { ok: false, error: { code: 'SERVICE_UNAVAILABLE' } }
  throw error
}

async function count(name: string): Promise<number> {
  return (await eventNames()).filter((event) => event.startsWith(name)).length
}

/** Takes points as failed log-ins over time would have. */
async function take(taken: number, name: LimitName, ...parts: string[]): Promise<void> {
  const { key, limit } = bucket(name, ...parts)
  const windowStartedAt = new Date()
  const expiresAt = new Date(windowStartedAt.getTime() + limit.seconds * 1000)
  const window = { windowStartedAt, expiresAt, taken }
  await db().throttleBucket.upsert({ where: { key }, create: { key, ...window }, update: window })
}

describe('guessing', () => {
  test('of 100 guesses at once no more than five reach the hash, and one event tells of the others', async () => {
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, i) => attempt(`${WRONG}${i}`).catch(sayWhenBusy)),
    )
    const codes = results.map((result) => (result.ok ? 'in' : result.error.code))
    expect(codes.filter((code) => code === 'AUTH_FAILED')).toHaveLength(5)
    expect(codes).not.toContain('in')
    expect(await count('login_failed')).toBe(5)
    expect(await count('throttled')).toBe(1)
  })

  test('the right password is refused too while the throttle is shut, with the wait', async () => {
    for (let i = 0; i < 5; i++) await attempt(WRONG)
    const refused = await attempt(PASSWORD)
    expect(refused).toEqual({
      ok: false,
      error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
    })
    const seconds = refused.ok ? 0 : refused.error.retryAfterSeconds!
    expect(seconds).toBeGreaterThan(40)
    expect(seconds).toBeLessThanOrEqual(60)
  })

  test('many accounts from one address are stopped after 20', async () => {
    for (let i = 0; i < 25; i++) await attempt(WRONG, from('203.0.113.9'), `nobody${i}@example.com`)
    expect(await count('login_failed')).toBe(20)
    expect(await count('throttled login.address')).toBe(1)
  })

  test('one account from many addresses is stopped after 100', async () => {
    await take(96, 'login.account', user.email)
    for (let i = 0; i < 8; i++) await attempt(WRONG, from(`198.51.100.${i}`))
    expect(await count('login_failed')).toBe(4)
    expect(await count('throttled login.account')).toBe(1)
  })

  test('an unknown account is throttled like a known one, so that the throttle tells nothing', async () => {
    for (let i = 0; i < 7; i++) await attempt(WRONG, from('203.0.113.9'), 'nobody@example.com')
    expect(await count('login_failed unknown_account')).toBe(5)
    expect(await count('throttled login.pair')).toBe(1)
  })

  test('another address of the same IPv6 /64 is the same guesser', async () => {
    const network = '2001:db8:0:1::/64'
    for (let i = 0; i < 7; i++) {
      const client = makeClient({ ipAddress: `2001:db8:0:1::${i}`, network })
      await attempt(WRONG, makeSignIn({ client }))
    }
    expect(await count('login_failed')).toBe(5)
  })
})

test('successes give their points back: nobody is throttled by logging in', async () => {
  for (let i = 0; i < 8; i++) expect(await attempt(PASSWORD)).toMatchObject({ ok: true })
  const counters = await db().throttleBucket.findMany()
  expect(counters.length).toBeGreaterThanOrEqual(4)
  for (const { taken } of counters) expect(taken).toBe(0)
})

test('a success gives back its own point only: failures still count', async () => {
  for (let i = 0; i < 4; i++) await attempt(WRONG)
  await attempt(PASSWORD)
  await attempt(WRONG)
  expect(await attempt(PASSWORD)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
})

test('a refusal is recorded once per window, and again in the next', async () => {
  for (let i = 0; i < 9; i++) await attempt(WRONG)
  expect(await count('throttled')).toBe(1)
  await db().throttleBucket.updateMany({ data: { expiresAt: new Date() } })
  for (let i = 0; i < 9; i++) await attempt(WRONG)
  expect(await count('throttled')).toBe(2)
})

describe('the owner, while an attacker uses up the account', () => {
  test('gets in from a browser that logged in before', async () => {
    const first = await attempt(PASSWORD, from('192.0.2.1', { transport: 'cookie' }))
    const deviceToken = first.ok ? first.value.deviceToken! : ''
    expect(deviceToken).toMatch(/^[\w-]{43}$/)
    await take(100, 'login.account', user.email)
    const elsewhere = from('192.0.2.77', { transport: 'cookie' })
    expect(await attempt(PASSWORD, elsewhere)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await attempt(PASSWORD, { ...elsewhere, deviceToken })).toMatchObject({ ok: true })
  })

  test('gets in with a client program from a network it logged in from before', async () => {
    await attempt(PASSWORD, from('192.0.2.1'))
    await take(100, 'login.account', user.email)
    expect(await attempt(PASSWORD, from('192.0.2.1'))).toMatchObject({ ok: true })
    expect(await attempt(PASSWORD, from('192.0.2.2'))).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })

  test('is not stopped by an attacker who shares the network once known', async () => {
    const browser = from('192.0.2.1', { transport: 'cookie' })
    await attempt(PASSWORD, from('192.0.2.1'))
    const first = await attempt(PASSWORD, browser)
    const deviceToken = first.ok ? first.value.deviceToken! : ''
    await take(20, 'login.known', user.email, 'network:192.0.2.1')
    expect(await attempt(PASSWORD, { ...browser, deviceToken })).toMatchObject({ ok: true })
  })
})

test("a stolen device cookie opens 20 tries an hour, and another account's none", async () => {
  const first = await attempt(PASSWORD, from('192.0.2.1', { transport: 'cookie' }))
  const deviceToken = first.ok ? first.value.deviceToken! : ''
  for (let i = 0; i < 22; i++)
    await attempt(WRONG, from(`198.51.100.${i}`, { transport: 'cookie', deviceToken }))
  expect(await count('login_failed')).toBe(20)
  expect(await count('throttled login.known')).toBe(1)

  const other = await createUser()
  await take(100, 'login.account', other.email)
  const withCookie = from('192.0.2.9', { transport: 'cookie', deviceToken })
  expect(await attempt(PASSWORD, withCookie, other.email)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
})
