import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { Readable } from 'node:stream'
import { connect } from 'node:tls'
import type { APIRequestContext } from '@playwright/test'
import { readEvents } from '#lib/testing/event-stream.ts'
import { freePort } from '#lib/testing/free-port.ts'
import { PASSWORD } from '../support/accounts.ts'
import { type Account, call, signUp } from '../support/api.ts'
import { fillLogIn } from '../support/journeys.ts'
import { hasNginx, type Nginx, startNginx } from '../support/nginx.ts'
import { addTask, errorBox, waitForHydration } from '../support/pages.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { editTaskAndLogOut } from '../support/sessions.ts'
import { eventsOf } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// One nginx runs in front of one server, with the configuration of docs/operations/nginx.conf.
test.describe.configure({ mode: 'default' })
test.use({ ignoreHTTPSErrors: true })
test.skip(
  !hasNginx(),
  'This machine has no nginx or no openssl: install them to run the journeys through nginx.',
)

const METRICS_TOKEN = randomBytes(32).toString('base64url')

let site: string
let plainSite: string
let server: RunningServer
let nginx: Nginx

test.beforeAll(async () => {
  const [https, http] = [await freePort(), await freePort()]
  site = `https://localhost:${https}`
  plainSite = `http://localhost:${http}`
  server = await startServer({ ...HIGH_LIMITS, APP_URL: site, TRUSTED_PROXY_HOPS: '1', METRICS_TOKEN })
  nginx = await startNginx({ https, http, servers: [Number(new URL(server.url).port)] })
})

test.afterAll(async () => {
  await nginx?.stop()
  await server?.stop()
})

function openAccount(): Promise<Account> {
  return signUp({ server: server.url })
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a user behind nginx logs in over https, adds and edits a task, and logs out', async ({
      page,
      context,
    }) => {
      const account = await openAccount()
      const ready = async () => javaScriptEnabled && waitForHydration(page)
      await page.goto(`${site}/tasks`)
      await ready()
      await fillLogIn(page, account)
      await expect(page).toHaveURL(`${site}/tasks`)
      for (const { name, secure } of await context.cookies(site)) {
        expect([name.split('.')[0], secure]).toEqual(['__Host-taskward', true])
      }

      await ready()
      await editTaskAndLogOut(page, account, site)
    })
  })
}

test('nginx speaks HTTP/2 and redirects http to https', async ({ request }) => {
  const socket = connect({
    port: Number(new URL(site).port),
    ALPNProtocols: ['h2', 'http/1.1'],
    rejectUnauthorized: false,
  })
  await once(socket, 'secureConnect')
  expect(socket.alpnProtocol).toBe('h2')
  socket.destroy()
  const answer = await request.get(`${plainSite}/tasks?edit=1`, { maxRedirects: 0 })
  expect([301, 308]).toContain(answer.status())
  expect(answer.headers().location).toBe('https://localhost/tasks?edit=1')
})

test('nginx passes each change on when it is made', async () => {
  const { token } = await openAccount()
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' }
  const sent = get(`${site}/api/me/changes/stream`, { headers, rejectUnauthorized: false })
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const stream = readEvents(Readable.toWeb(answer) as ReadableStream<Uint8Array>)
  for (const count of [1, 2]) {
    await call('/api/me/tasks', { server: server.url, token, json: { title: 'Water' } })
    await expect.poll(() => stream.events.length, { timeout: 1_000 }).toBe(count)
  }
  sent.destroy()
})

test('nginx refuses metrics to the outside and overwrites client addresses in headers', async ({
  request,
}) => {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  expect((await call('/api/metrics', { server: server.url, headers })).status).toBe(200)
  expect((await request.get(`${site}/api/metrics`, { headers })).status()).toBeGreaterThanOrEqual(403)

  const { userId, email } = await openAccount()
  const forged = {
    'x-forwarded-for': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
  }
  expect((await logIn(request, email, forged)).status()).toBe(200)
  expect(await eventsOf(userId, 'login')).toMatchObject([{ ip_address: '127.0.0.1' }])
})

test('the page and the API refuse a form of 70 KB with a message', async ({ page, expectProblems }) => {
  expectProblems(/status of 413/)
  const account = await openAccount()
  await page.goto(`${site}/login?next=%2Ftasks`)
  await fillLogIn(page, account)
  await expect(page).toHaveURL(`${site}/tasks`)
  await waitForHydration(page)
  await addTask(page, 'x'.repeat(70_000))
  await expect(errorBox(page)).toContainText('too long')
  await expect(page.getByLabel('New task')).toHaveValue('x'.repeat(70_000))
  const answer = await page.request.post(`${site}/api/me/tasks`, { data: { title: 'x'.repeat(70_000) } })
  expect(answer.status()).toBe(413)
  expect((await answer.json()).error.code).toBe('PAYLOAD_TOO_LARGE')
})

test('the server keeps idle connections open for longer than nginx does', async () => {
  const { headers } = await call('/api/health', { server: server.url })
  const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? []
  expect(Number(seconds)).toBeGreaterThan(60)
})

function logIn(request: APIRequestContext, email: string, headers: Record<string, string>) {
  return request.post(`${site}/api/auth/login`, { data: { email, password: PASSWORD }, headers })
}
