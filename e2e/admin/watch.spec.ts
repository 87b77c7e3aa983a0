import { createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { type Receiver, startReceiver } from '#lib/testing/receiver.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { type Account, type Call, logIn, refresh, signUp } from '../support/api.ts'
import { queryDatabase } from '../support/locks.ts'
import { databaseUrl } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { decode } from '../support/tokens.ts'

// Tests with equal settings share a server and its database, which has no other events. They run in turn, each with
// accounts of its own.
let database: string
let server: RunningServer
let receiver: Receiver
/** The ids of the findings that earlier tests of this server expected, and the patterns of their alerts. */
let earlierFindings: Set<string>
let earlierPatterns: string[]

const SECRET = randomBytes(32).toString('base64url')

const HOME = '192.0.2.10'
const ATTACKER = '198.51.100.7'
/** For attacks that the default throttles would stop before the watch finds them. */
const RATE_LIMITS = Object.keys(LIMITS)
  .map((name) => `${name}=100000/60`)
  .join()
/** A check runs every second. */
const POLL = { intervals: [100] }

/** Declares tests that share a server with these settings and a database. */
function describeServer(title: string, settings: Record<string, string>, declareTests: () => void): void {
  test.describe(title, () => {
    test.describe.configure({ mode: 'default' })

    test.beforeAll(async () => {
      earlierFindings = new Set()
      earlierPatterns = []
      database = await createDatabase(databaseUrl(), `watch-${randomUUID()}`)
      receiver = await startReceiver()
      server = await startServer({
        DATABASE_URL: database,
        TRUSTED_PROXY_HOPS: '1',
        WATCH_INTERVAL_SECONDS: '1',
        ALERT_WEBHOOK_URL: receiver.url.href,
        ALERT_WEBHOOK_SECRET: SECRET,
        ALERT_WEBHOOK_ALLOW_PRIVATE: 'true',
        ...settings,
      })
    })

    test.afterAll(async () => {
      await server?.stop()
      await receiver?.stop()
    })

    declareTests()
  })
}

function from(address: string, userAgent = 'Firefox'): Call {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address, 'user-agent': userAgent }
  return { server: server.url, headers }
}

async function fail(email: string, address: string, times: number): Promise<void> {
  for (let attempt = 0; attempt < times; attempt++) {
    expect((await logIn(email, `wrong ${attempt}`, from(address))).status).toBe(401)
  }
}

function sessionOf({ token }: Account): string {
  return String(decode(token)[1]?.sid)
}

/** Reuses a refresh token whose successor was used. The watch opens a finding after one such event. */
async function reuse(account: Account, address: string): Promise<void> {
  const first = await refresh(account.refreshToken, from(address))
  await refresh(first.body.refresh_token, from(address))
  expect((await refresh(account.refreshToken, from(address))).status).toBe(401)
}

const FINDINGS = `SELECT id, pattern, subject, user_id, session_id, network, networks, confidence, count, details
                  FROM findings ORDER BY first_seen_at`

/** Expects exactly these new findings. A check covers all events, so once it finds a last reuse it has found the rest. */
async function expectExactly(...expected: Record<string, unknown>[]): Promise<void> {
  const last = await signUp(from('203.0.113.99'))
  await reuse(last, '203.0.113.99')
  const all = () => queryDatabase<{ id: string; subject: string; pattern: string }>(database, FINDINGS)
  await expect.poll(async () => (await all()).map(({ subject }) => subject), POLL).toContain(sessionOf(last))
  const opened = (await all()).filter(({ id }) => !earlierFindings.has(id))
  const found = opened.filter(({ subject }) => subject !== sessionOf(last))
  expect(found).toEqual(expected.map((one) => expect.objectContaining(one)))
  for (const { id } of opened) earlierFindings.add(id)
  earlierPatterns.push(...opened.map(({ pattern }) => pattern))
  await expectAlerts(earlierPatterns)
}

/** The log lines about new findings of a pattern. */
function linesOf(pattern: string): string[] {
  const parts = ['"type":"finding.opened"', `"pattern":"${pattern}"`]
  return server
    .output()
    .split('\n')
    .filter((line) => parts.every((part) => line.includes(part)))
}

/** The patterns of new findings that the webhook received, in signed calls (Standard Webhooks). */
function receivedPatterns(): string[] {
  return receiver.received.flatMap(({ headers, body }) => {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const signature = createHmac('sha256', SECRET).update(signed).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signature}`)
    const { type, finding } = JSON.parse(body)
    return type === 'finding.opened' ? [finding.pattern] : []
  })
}

/** Expects one log line and one webhook call per finding of this server, and an event per pattern. */
async function expectAlerts(patterns: string[]): Promise<void> {
  const events = await queryDatabase<{ pattern: string }>(
    database,
    `SELECT DISTINCT details ->> 'pattern' AS pattern FROM auth_events WHERE event_type = 'alert'`,
  )
  expect(events.map(({ pattern }) => pattern).sort()).toEqual([...new Set(patterns)].sort())
  for (const pattern of patterns) {
    const times = patterns.filter((one) => one === pattern).length
    await expect
      .poll(() => linesOf(pattern), POLL)
      .toEqual(Array(times).fill(expect.stringContaining('"level":40')))
  }
  await expect.poll(() => receivedPatterns().sort(), POLL).toEqual(patterns.toSorted())
}

describeServer('with the default throttles', {}, () => {
  test('guesses at one account from many networks open account_failures', async () => {
    const { email, userId } = await signUp(from(HOME))
    for (let host = 1; host <= 4; host++) await fail(email, `198.51.${host}.7`, 5)
    await expectExactly({
      pattern: 'account_failures',
      subject: userId,
      user_id: userId,
      confidence: 'medium',
      count: 20,
    })
  })

  test('spraying from one IPv6 network opens password_spraying', async () => {
    const { email } = await signUp(from(HOME))
    const emails = [email, ...Array.from({ length: 9 }, newEmail)]
    for (const target of emails) await fail(target, `2001:db8:1:2::${randomInt(1, 0xffff).toString(16)}`, 1)
    await expectExactly({
      pattern: 'password_spraying',
      subject: '2001:db8:1:2::/64',
      network: '2001:db8:1:2::/64',
      confidence: 'medium',
      count: 10,
    })
  })

  test('a log-in after a burst of failures opens login_after_failures', async () => {
    const { email, userId } = await signUp(from(HOME))
    await fail(email, '198.51.100.8', 5)
    await fail(email, '198.51.100.9', 5)
    // Four, because a used-up bucket would also reject the right password.
    await fail(email, ATTACKER, 4)
    const entered = await logIn(email, PASSWORD, from(ATTACKER))
    expect(entered.status).toBe(200)
    await expectExactly({
      pattern: 'login_after_failures',
      subject: userId,
      session_id: String(decode(entered.body.access_token)[1]?.sid),
      network: ATTACKER,
      confidence: 'high',
      count: 14,
    })
  })

  test('a reused refresh token opens refresh_token_reuse', async () => {
    const account = await signUp(from(HOME))
    await reuse(account, HOME)
    const subject = sessionOf(account)
    await expectExactly({
      pattern: 'refresh_token_reuse',
      subject,
      user_id: account.userId,
      confidence: 'high',
    })
  })

  test('one session from two distant networks opens session_two_networks', async () => {
    const account = await signUp(from(HOME))
    expect((await refresh(account.refreshToken, from(ATTACKER, 'curl'))).status).toBe(200)
    await expectExactly({
      pattern: 'session_two_networks',
      subject: sessionOf(account),
      user_id: account.userId,
      network: null,
      networks: [
        { network: HOME, count: 1, isSuspect: false },
        { network: ATTACKER, count: 1, isSuspect: false },
      ],
      confidence: 'high',
      details: { from_network: HOME, there_and_back: false, user_agents: 2 },
    })
  })

  test('mistyped passwords and refresh races of ordinary users open no finding', async () => {
    for (const host of [1, 2, 3]) {
      const account = await signUp(from(`192.0.2.${host}`))
      await fail(account.email, `192.0.2.${host}`, 4)
      const { body } = await logIn(account.email, PASSWORD, from(`192.0.2.${host}`))
      const racers = [1, 2].map(() => refresh(body.refresh_token, from(`192.0.2.${host}`)))
      expect((await Promise.all(racers)).map(({ status }) => status).sort()).toEqual([200, 401])
    }
    await expectExactly()
  })
})

describeServer('without throttles', { RATE_LIMITS }, () => {
  test('thirty failures from one address open address_failures', async () => {
    for (const email of [newEmail(), newEmail(), newEmail()]) await fail(email, ATTACKER, 10)
    await expectExactly({ pattern: 'address_failures', subject: ATTACKER, confidence: 'medium', count: 30 })
  })

  test('thirty sign-ups from one address open signup_burst', async () => {
    for (let account = 0; account < 30; account++) await signUp(from(ATTACKER))
    await expectExactly({
      pattern: 'signup_burst',
      subject: 'instance',
      network: ATTACKER,
      confidence: 'medium',
    })
  })
})

describeServer('with a lower threshold', { ALERT_THRESHOLDS: 'account_failures=3/60' }, () => {
  test('ALERT_THRESHOLDS replaces the threshold of a pattern', async () => {
    const email = newEmail()
    await fail(email, ATTACKER, 3)
    await expectExactly({ pattern: 'account_failures', subject: email, user_id: null, count: 3 })
  })
})
