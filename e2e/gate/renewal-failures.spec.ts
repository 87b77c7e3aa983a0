import { networkInterfaces } from 'node:os'
import { call, newIpAddress, signUp } from '../support/api.ts'
import { type DatabaseProxy, openDatabaseProxy } from '../support/database-proxy.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { cookiesOf, countRotations, dropAccessTokenCookie, logInAs } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// In turn, in one worker: two of the tests share a server, and the outage is the last one there.
test.describe.configure({ mode: 'default' })

let database: DatabaseProxy
let server: RunningServer

test.beforeAll(async () => {
  database = await openDatabaseProxy()
  server = await startServer({ ...HIGH_LIMITS, DATABASE_URL: database.url, TRUSTED_PROXY_HOPS: '1' })
})

test.afterAll(async () => {
  await server?.stop()
  await database?.disconnect()
})

test('seventy invalid refresh cookies from one address do not block a valid renewal from it', async ({
  openBrowser,
}) => {
  const address = newIpAddress()
  const headers = { 'x-forwarded-for': address }
  const context = await openBrowser({ extraHTTPHeaders: headers })
  const page = await context.newPage()
  const account = await signUp({ server: server.url, headers })
  await logInAs(page, account)
  await dropAccessTokenCookie(context)

  const statuses: number[] = []
  for (let i = 0; i < 70; i++) {
    const cookie = `taskward.refresh=junk-${i}`
    const visit = { server: server.url, cookie, headers: { ...headers, 'sec-fetch-site': 'same-origin' } }
    statuses.push((await call('/tasks', visit)).status)
  }
  // The server refuses sixty and throttles the rest. A throttled renewal is undecided and logs no one out.
  expect(statuses).toEqual([...Array(60).fill(303), ...Array(10).fill(503)])
  const throttled = await query(
    `SELECT 1 FROM auth_events WHERE event_type = 'throttled' AND ip_address = $1`,
    [address],
  )
  expect(throttled, 'one event per window').toHaveLength(1)

  await page.goto(`${server.url}/tasks`)
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  expect(await countRotations(account)).toBe(1)
})

test('an outage of the database ends no session, and a log-out still clears the cookies', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/status of 503/)
  const { url } = server
  const headers = { 'sec-fetch-site': 'same-origin' }
  const visit = async (path: string) =>
    (await context.request.get(url + path, { headers, maxRedirects: 0 })).status()
  const account = await signUp({ server: url })
  await logInAs(page, account)
  const before = await cookiesOf(context)

  await database.disconnect()
  // A valid token passes the gate, but the database behind it is unavailable.
  expect(await visit('/api/auth/me')).toBe(503)
  await expect.poll(() => visit('/tasks')).toBe(503)
  await dropAccessTokenCookie(context)
  for (const path of ['/tasks', '/api/auth/me', '/api/me/tasks']) expect(await visit(path), path).toBe(503)
  expect(await cookiesOf(context)).toEqual({ device: before.device, refresh: before.refresh })

  await database.reconnect()
  await expect.poll(() => visit('/login')).toBe(307)
  await page.goto(`${url}/settings/sessions`)
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible()
  expect(await countRotations(account)).toBe(1)

  await database.disconnect()
  await expect.poll(() => visit('/tasks')).toBe(503)
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL(`${url}/login`)
  await expect(page.getByRole('heading', { name: 'We’ll be right back' })).toBeVisible()
  expect(Object.keys(await cookiesOf(context))).toEqual(['device', 'done'])
})

test('a server that listens only on a non-loopback address renews there', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((ones) => ones ?? [])
  const HOSTNAME = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address
  const instance = await startServer({ ...HIGH_LIMITS, HOSTNAME: HOSTNAME ?? '127.0.0.2' })
  try {
    // The internal route refuses the token. If the gate could not call the route, it would answer 503.
    const answer = await call('/tasks', { server: instance.url, cookie: 'taskward.refresh=x' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?next=%2Ftasks'])
    expect(instance.output()).not.toContain('HOSTNAME')
  } finally {
    await instance.stop()
  }
})
