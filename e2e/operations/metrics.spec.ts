import { randomBytes, randomUUID } from 'node:crypto'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { type Account, type Answer, call, expectError, logIn, refresh, signUp } from '../support/api.ts'
import { openDatabaseProxy } from '../support/database-proxy.ts'
import { logLines } from '../support/log-lines.ts'
import { type RunningServer, startServer, startServerUnchecked } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

test.describe.configure({ mode: 'default' })

const METRICS_TOKEN = randomBytes(32).toString('base64url')
/** Only `login.pair` is reached here, because tests of the whole run share the other counters. */
const LIMITS = ['signup.address', 'signup.tries', 'login.account', 'login.address', 'refresh.address']
  .map((name) => `${name}=100000/60`)
  .concat('login.pair=2/60')
  .join()

let server: RunningServer
let account: Account

test.beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN, RATE_LIMITS: LIMITS })
  account = await signUp({ server: server.url })
})

test.afterAll(() => server?.stop())

const here = () => ({ server: server.url })

async function scrape(at = server): Promise<string> {
  const answer = await call('/api/metrics', { server: at.url, token: METRICS_TOKEN })
  expect(answer.status, answer.text).toBe(200)
  return answer.text
}

/** The value of a series, or 0 if it is missing. */
function sampleOf(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return Number(line?.slice(series.length + 1) ?? 0)
}

/** Waits until each series has grown by its number from `before`. */
async function expectGrowth(before: string, growth: Record<string, number>): Promise<void> {
  await expect(async () => {
    const after = await scrape()
    for (const [series, by] of Object.entries(growth)) {
      expect(sampleOf(after, series) - sampleOf(before, series), series).toBe(by)
    }
  }).toPass({ timeout: 10_000 })
}

test('serves uncached metrics with the token', async () => {
  const answer = await call('/api/metrics', { ...here(), token: METRICS_TOKEN })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
    expect(answer.text).toContain(`\n${name} `)
  }
  expect((await call('/api/metrics', { ...here(), token: METRICS_TOKEN, method: 'HEAD' })).status).toBe(200)
})

test('answers 404 like an unknown path with any other credentials or method', async () => {
  const unknown = await call('/api/nothing', { ...here(), token: account.token })
  expectError(unknown, 404, 'NOT_FOUND')
  const shapeOf = ({ text, headers, status }: Answer<unknown>) => ({
    status,
    headers: [...headers.keys()].filter((name) => name !== 'content-length').sort(),
    text: text.replace(/"meta".*/, ''),
  })
  const attempts: Parameters<typeof call>[1][] = [
    {},
    { token: account.token },
    { token: `${METRICS_TOKEN}x` },
    { token: METRICS_TOKEN.slice(0, -1) },
    { cookie: `taskward.access=${account.token}` },
    { headers: { authorization: `Basic ${btoa(`x:${METRICS_TOKEN}`)}` } },
    { token: METRICS_TOKEN, method: 'POST' },
    { method: 'DELETE' },
  ]
  for (const attempt of attempts) {
    const answer = await call('/api/metrics', { ...here(), ...attempt })
    expectError(answer, 404, 'NOT_FOUND')
    expect(shapeOf(answer), JSON.stringify(attempt)).toEqual(shapeOf(unknown))
  }
  // The main server of the run has no METRICS_TOKEN.
  expectError(await call('/api/metrics', { token: METRICS_TOKEN }), 404, 'NOT_FOUND')
  expectError(await call('/api/metrics', { token: 'null' }), 404, 'NOT_FOUND')
})

test('counts log-ins, refreshes, throttles and hashes of all routes', async () => {
  const before = await scrape()
  const other = await signUp(here())
  expect((await logIn(account.email, PASSWORD, here())).status).toBe(200)
  expect((await logIn(newEmail(), PASSWORD, here())).status).toBe(401)
  for (const status of [401, 401, 429, 429]) {
    expect((await logIn(other.email, 'not the password', here())).status).toBe(status)
  }
  expect((await refresh(other.refreshToken, here())).status).toBe(200)
  expect((await refresh('garbage', here())).status).toBe(401)
  const event = (type: string, reason?: string) =>
    `taskward_auth_events_total{type="${type}",outcome="${reason ? 'failure' : 'success'}",reason="${reason ?? ''}"}`
  const request = (status: number) =>
    `taskward_http_requests_total{surface="api",route="/api/auth/login",method="POST",status="${status}"}`
  await expectGrowth(before, {
    [event('signup')]: 1,
    [event('login')]: 1,
    [event('login_failed', 'unknown_account')]: 1,
    [event('login_failed', 'wrong_password')]: 2,
    [event('throttled', 'login.pair')]: 1,
    [event('token_refreshed')]: 1,
    [event('token_refresh_refused', 'unknown_token')]: 1,
    'taskward_throttle_hits_total{limit="login.pair"}': 2,
    'taskward_password_seconds_count{step="hashing"}': 5,
    [request(200)]: 1,
    [request(401)]: 3,
    [request(429)]: 2,
    'taskward_http_request_duration_seconds_count{surface="api",route="/api/auth/login"}': 6,
  })
  const text = await scrape()
  expect(sampleOf(text, 'taskward_database_up')).toBe(1)
  expect(sampleOf(text, 'taskward_database_pool_connections{state="total"}')).toBeGreaterThan(0)
})

test('invented paths, methods and tokens add no series', async () => {
  const invent = () =>
    Promise.all([
      call(`/${randomUUID()}`, here()),
      call(`/api/${randomUUID()}/${randomUUID()}`, { ...here(), method: 'PROPFIND' }),
      call(`/api/${randomUUID()}/tasks`, here()),
      refresh(randomUUID(), here()),
    ])
  await invent()
  // Series of jobs and mails are excluded, because each appears when a job runs, and the servers share the mails.
  const names = (text: string) =>
    text.split('\n').flatMap((line) => /^(taskward_(?!job_|mail_)[^ ]+) /.exec(line)?.[1] ?? [])
  await expect
    .poll(async () =>
      sampleOf(
        await scrape(),
        'taskward_http_requests_total{surface="page",route="other",method="GET",status="404"}',
      ),
    )
    .toBe(1)
  const before = names(await scrape())
  for (let i = 0; i < 20; i++) await invent()
  expect(names(await scrape())).toEqual(before)
})

test('the metrics report an outage of the database without a request, and the log has one line per outage', async () => {
  const database = await openDatabaseProxy()
  await database.disconnect()
  const settings = { METRICS_TOKEN, DATABASE_URL: database.url, WATCH_INTERVAL_SECONDS: '1' }
  const instance = await startServerUnchecked(settings)
  const databaseUp = async () => sampleOf(await scrape(instance), 'taskward_database_up')
  const lines = () => logLines(instance).filter(({ job, level }) => job !== undefined && level === 50)
  try {
    expect(await databaseUp()).toBe(0)
    await database.reconnect()
    await expect.poll(databaseUp).toBe(1)
    await database.disconnect()
    await expect.poll(databaseUp).toBe(0)
    await database.reconnect()
    await expect.poll(databaseUp).toBe(1)
    expect(lines().map(({ job }) => job)).toEqual(['database', 'database'])
  } finally {
    await instance.stop()
    await database.disconnect()
  }
})
