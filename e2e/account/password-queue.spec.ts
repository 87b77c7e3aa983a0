import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { expect, test } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { call, logIn, newIpAddress } from '../support/api.ts'
import { fill, openForm } from '../support/forms.ts'
import { type RunningServer, startServer } from '../support/server.ts'

test.describe.configure({ mode: 'default' })

const METRICS_TOKEN = randomBytes(32).toString('base64url')
/** The number of password requests that the server runs at a time. */
const CAPACITY = 2 * availableParallelism()

let server: RunningServer

// Each hash takes half a second or more, so that the tests can observe waiting requests.
test.beforeAll(async () => {
  const RATE_LIMITS = 'login.address=1000/60'
  server = await startServer({
    BCRYPT_COST: '13',
    // The flood takes longer on any machine, and the hashes of the first test do not on a busy one.
    PASSWORD_WAIT_SECONDS: '20',
    TRUSTED_PROXY_HOPS: '1',
    METRICS_TOKEN,
    RATE_LIMITS,
  })
})
test.afterAll(() => server?.stop())

async function metric(series: string): Promise<number> {
  const { text } = await call('/api/metrics', { server: server.url, token: METRICS_TOKEN })
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return Number(line?.slice(series.length + 1) ?? 0)
}

const waiting = () => metric('taskward_password_queue_length')
const hashed = () => metric('taskward_password_seconds_count{step="hashing"}')

function from(address: string) {
  return { server: server.url, headers: { 'x-forwarded-for': address } }
}

test('aborted requests leave the password queue without being hashed, from the API and from a form', async () => {
  const form = await openForm('/login', 'Password', { server: server.url })
  const before = await hashed()
  const running = Array.from({ length: CAPACITY }, () => logIn(newEmail(), PASSWORD, from(newIpAddress())))
  await expect.poll(() => metric('taskward_password_workers_busy')).toBe(CAPACITY / 2)

  const clients = new AbortController()
  const { signal } = clients
  const headers = { 'x-forwarded-for': newIpAddress() }
  const credentials = { email: newEmail(), password: PASSWORD }
  const json = { ...headers, 'content-type': 'application/json' }
  const aborted = [
    fetch(`${server.url}/api/auth/login`, {
      ...{ method: 'POST', headers: json, signal },
      body: JSON.stringify(credentials),
    }),
    fetch(`${server.url}/login`, {
      ...{ method: 'POST', headers: { ...headers, origin: server.url }, signal },
      body: fill(form, credentials),
    }),
  ].map((answer) => answer.catch((error: unknown) => error))
  await expect.poll(waiting).toBe(aborted.length)
  clients.abort()
  await expect.poll(waiting).toBe(0)
  // On a busy machine a hash takes longer than an answer may.
  for (const { status } of await Promise.all(running)) expect([401, 503]).toContain(status)
  await expect.poll(hashed, { timeout: 30_000 }).toBe(before + CAPACITY)
})

test('a flood of log-ins gets 503 with Retry-After before any hash is done', async () => {
  const clients = new AbortController()
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': newIpAddress() }
  const flood = Array.from({ length: 40 * CAPACITY }, () =>
    fetch(`${server.url}/api/auth/login`, {
      ...{ method: 'POST', headers, signal: clients.signal },
      body: JSON.stringify({ email: newEmail(), password: PASSWORD }),
    }),
  )
  const first = await Promise.race(flood)
  expect(first.status).toBe(503)
  expect(Number(first.headers.get('retry-after'))).toBeGreaterThanOrEqual(12)
  expect(await first.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } })
  clients.abort()
  await Promise.allSettled(flood)
})
