import { beforeEach, describe, expect, test } from 'vitest'
import { db, isDatabaseUnavailable } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { statementsOf } from '#lib/testing/statements-of.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import type { LimitName } from '#lib/throttle/limits.ts'
import { logIn } from './log-in.ts'
import type { SignIn } from './session/start-session.ts'

const WRONG = 'Sunny-day8'
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ada@example.com' })
})

function from(ipAddress: string, own: Partial<SignIn> = {}) {
  return makeSignIn({ client: makeClient({ ipAddress }), ...own })
}

function attempt(password: string, signIn = from('203.0.113.9'), email = user.email) {
  return logIn({ email, password }, signIn)
}

/** On a slow machine some of many attempts wait too long for a connection: a 503, not a guess. */
function toUnavailable(error: unknown): { ok: false; error: { code: 'SERVICE_UNAVAILABLE' } } {
  if (isDatabaseUnavailable(error)) return { ok: false, error: { code: 'SERVICE_UNAVAILABLE' } }
  throw error
}

async function count(name: string): Promise<number> {
  return (await eventNames()).filter((event) => event.startsWith(name)).length
}

/** Takes points as failed log-ins over time would have. */
async function take(taken: number, name: LimitName, ...parts: string[]): Promise<void> {
  const { key, limit } = makeBucket(name, ...parts)
  const windowStartedAt = new Date()
  const expiresAt = new Date(windowStartedAt.getTime() + limit.seconds * 1000)
  const window = { windowStartedAt, expiresAt, taken }
  await db().throttleBucket.upsert({ where: { key }, create: { key, ...window }, update: window })
}

/** What is taken of each limit, in all buckets together. */
async function points(): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { key, taken } of await db().throttleBucket.findMany()) {
    const name = key.slice(0, key.indexOf(':'))
    sums[name] = (sums[name] ?? 0) + taken
  }
  return sums
}

/** All counters and events, with what PostgreSQL changes at every write. */
function allRows(): Promise<unknown[]> {
  return db().$queryRaw`
    SELECT xmin::text, xmax::text, throttle_buckets::text AS row FROM throttle_buckets
    UNION ALL SELECT xmin::text, xmax::text, auth_events::text FROM auth_events ORDER BY row`
}

/** A sign-in by a browser that has logged in to the account before, and whose network no program has used. */
async function knownBrowser(): Promise<SignIn> {
  const browser = from('192.0.2.99', { transport: 'cookie' })
  const first = await attempt(PASSWORD, browser)
  return { ...browser, deviceToken: (first.ok && first.value.deviceToken) || undefined }
}

describe('guessing', () => {
  test('lets at most five of 100 parallel guesses reach the hash, and records the others once', async () => {
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, i) => attempt(`${WRONG}${i}`).catch(toUnavailable)),
    )
    const codes = results.map((result) => (result.ok ? 'in' : result.error.code))
    expect(codes.filter((code) => code === 'AUTH_FAILED')).toHaveLength(5)
    expect(codes).not.toContain('in')
    expect(await count('login_failed')).toBe(5)
    expect(await count('throttled')).toBe(1)
  })

  test('refuses the right password too while throttled, and returns the wait', async () => {
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

  test('stops after 20 accounts from one address', async () => {
    for (let i = 0; i < 25; i++) await attempt(WRONG, from('203.0.113.9'), `unknown${i}@example.com`)
    expect(await count('login_failed')).toBe(20)
    expect(await count('throttled login.address')).toBe(1)
  })

  test('stops after 100 addresses for one account', async () => {
    await take(96, 'login.account', user.email)
    for (let i = 0; i < 8; i++) await attempt(WRONG, from(`198.51.100.${i}`))
    expect(await count('login_failed')).toBe(4)
    expect(await count('throttled login.account')).toBe(1)
  })

  test('throttles an unknown account like a known one, so that the throttle reveals nothing', async () => {
    for (let i = 0; i < 7; i++) await attempt(WRONG, from('203.0.113.9'), 'unknown@example.com')
    expect(await count('login_failed unknown_account')).toBe(5)
    expect(await count('throttled login.pair')).toBe(1)
  })

  test('counts the addresses of an IPv6 /64 as one', async () => {
    const network = '2001:db8:0:1::/64'
    for (let i = 0; i < 7; i++) {
      const client = makeClient({ ipAddress: `2001:db8:0:1::${i}`, network })
      await attempt(WRONG, makeSignIn({ client }))
    }
    expect(await count('login_failed')).toBe(5)
  })
})

describe('successes', () => {
  test('give back the points of failures, and count as work of the network', async () => {
    for (let i = 0; i < 8; i++) expect(await attempt(PASSWORD)).toMatchObject({ ok: true })
    await attempt(WRONG)
    expect(await points()).toEqual({
      'mail.recipient': 1,
      'login.pair': 1,
      'login.pair.hour': 1,
      'login.address': 1,
      'login.known': 1,
      'login.account': 0,
      'login.work': 8,
      'login.work.pair': 8,
    })
  })

  test.each([
    ['of many accounts use up a network', 'login.work', ['203.0.113.9'], 600],
    [
      'to one account use up its share of a network',
      'login.work.pair',
      ['203.0.113.9', 'ada@example.com'],
      200,
    ],
  ] as const)('%s, and no other network', async (_, name, parts, limit) => {
    await take(limit - 1, name, ...parts)
    expect(await attempt(PASSWORD)).toMatchObject({ ok: true })
    expect(await attempt(PASSWORD)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await count(`throttled ${name}`)).toBe(1)
    expect(await attempt(PASSWORD, from('192.0.2.1'))).toMatchObject({ ok: true })
  })

  test('from other devices do not stop a browser that the account knows', async () => {
    const known = await knownBrowser()
    await take(600, 'login.work', known.client.network)
    await take(200, 'login.work.pair', known.client.network, user.email)
    expect(await attempt(PASSWORD, known)).toMatchObject({ ok: true })
  })
})

describe('a browser that the account knows', () => {
  test('is not stopped by what its neighbours and strangers have used up', async () => {
    const known = await knownBrowser()
    const { network } = known.client
    await take(20, 'login.address', network)
    await take(5, 'login.pair', network, user.email)
    await take(20, 'login.pair.hour', network, user.email)
    await take(100, 'login.account', user.email)
    await take(20, 'login.known', user.email, `network:${network}`)
    expect(await attempt(PASSWORD, { ...known, deviceToken: undefined })).toMatchObject({ ok: false })
    expect(await attempt(PASSWORD, known)).toMatchObject({ ok: true })
  })

  test('uses up nothing of its neighbours, and 20 failures an hour of its own', async () => {
    const known = await knownBrowser()
    const before = await points()
    for (let i = 0; i < 22; i++) await attempt(WRONG, known)
    expect(await points()).toEqual({ ...before, 'login.known': 20 })
    expect(await count('login_failed')).toBe(20)
    expect(await attempt(PASSWORD, known)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })

  test('of one account is a stranger to another', async () => {
    const known = await knownBrowser()
    const other = await createUser()
    await take(20, 'login.address', known.client.network)
    expect(await attempt(PASSWORD, known, other.email)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await attempt(PASSWORD, known, 'unknown@example.com')).toMatchObject({
      error: { code: 'RATE_LIMITED' },
    })
  })
})

describe('a refused log-in', () => {
  const UNKNOWN = 'unknown@example.com'

  test.each([
    ['the address', 'login.address', () => ['203.0.113.9']],
    ['address and account', 'login.pair', (email: string) => ['203.0.113.9', email]],
    ['the account', 'login.account', (email: string) => [email]],
  ] as const)(
    'by %s sends the same statements for a known account and an unknown one',
    async (_, name, parts) => {
      const sent: string[][] = []
      for (const email of [user.email, UNKNOWN]) {
        await take(100, name, ...parts(email))
        // The first refusal of a window is recorded.
        for (const round of ['recorded', 'next']) {
          const statements = await statementsOf(() => attempt(WRONG, undefined, email))
          sent.push(statements)
          expect(statements.some((sql) => /\bpasswords\b/.test(sql))).toBe(false)
          if (round === 'next')
            expect(statements.filter((sql) => /INSERT|UPDATE|SAVEPOINT/.test(sql))).toEqual([])
        }
      }
      const [recorded, next, recordedUnknown, nextUnknown] = sent
      expect(nextUnknown).toEqual(next)
      // A window of the address has one event for all accounts.
      expect(recordedUnknown).toEqual(name === 'login.address' ? next : recorded)
    },
  )

  test('queries no account if the network’s limit is used up', async () => {
    await take(20, 'login.address', '203.0.113.9')
    await attempt(WRONG)
    const statements = await statementsOf(() => attempt(WRONG))
    expect(statements.filter((sql) => /users|known_devices/.test(sql))).toEqual([])
  })

  test('writes nothing, whatever its email', async () => {
    await take(20, 'login.address', '203.0.113.9')
    await attempt(WRONG)
    const before = await allRows()
    for (let i = 0; i < 5; i++) await attempt(WRONG, undefined, `unknown${i}@example.com`)
    await attempt(WRONG)
    expect(await allRows()).toEqual(before)
  })

  test('is recorded with the account, if it exists', async () => {
    for (const email of [user.email, UNKNOWN]) {
      await take(5, 'login.pair', '203.0.113.9', email)
      await attempt(WRONG, undefined, email)
    }
    expect(await allEvents()).toMatchObject([
      { eventType: 'throttled', userId: user.id, email: null },
      { eventType: 'throttled', userId: null, email: UNKNOWN },
    ])
  })
})

test('gives back only the point of a success: failures still count', async () => {
  for (let i = 0; i < 4; i++) await attempt(WRONG)
  await attempt(PASSWORD)
  await attempt(WRONG)
  expect(await attempt(PASSWORD)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
})

test('records a refusal once per window', async () => {
  for (let i = 0; i < 9; i++) await attempt(WRONG)
  expect(await count('throttled')).toBe(1)
  await db().throttleBucket.updateMany({ data: { expiresAt: new Date() } })
  for (let i = 0; i < 9; i++) await attempt(WRONG)
  expect(await count('throttled')).toBe(2)
})

describe('the owner, while an attacker uses up the account', () => {
  test('logs in from a browser that has logged in before', async () => {
    const first = await attempt(PASSWORD, from('192.0.2.1', { transport: 'cookie' }))
    const deviceToken = first.ok ? first.value.deviceToken! : ''
    expect(deviceToken).toMatch(/^[\w-]{43}$/)
    await take(100, 'login.account', user.email)
    const elsewhere = from('192.0.2.77', { transport: 'cookie' })
    expect(await attempt(PASSWORD, elsewhere)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await attempt(PASSWORD, { ...elsewhere, deviceToken })).toMatchObject({ ok: true })
  })

  test('logs in with an API client from a network that it has logged in from before', async () => {
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

test('allows 20 tries an hour with a stolen device cookie, and none for another account', async () => {
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
