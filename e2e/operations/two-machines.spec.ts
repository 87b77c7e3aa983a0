import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { freePort } from '#lib/testing/free-port.ts'
import { hasPgBouncer } from '../../lib/testing/pgbouncer.ts'
import { type Account, call, logIn, signUp } from '../support/api.ts'
import { hasNginx, type Nginx, startNginx } from '../support/nginx.ts'
import { type PooledDatabase, startPooledDatabase } from '../support/pooled-database.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

// Two servers on one database, as on two machines, behind one nginx with docs/operations/nginx-upstream.conf.
test.describe.configure({ mode: 'serial' })
test.skip(!hasNginx(), 'This machine has no nginx or no openssl.')

let site: string
let ports: [number, number]
let servers: RunningServer[] = []
let nginx: Nginx

function start(port: number, database: Record<string, string> = {}): Promise<RunningServer> {
  const settings = { APP_URL: site, TRUSTED_PROXY_HOPS: '1', PORT: String(port) }
  return startServer({ ...HIGH_LIMITS, ...database, ...settings })
}

async function startSite(database?: Record<string, string>): Promise<void> {
  const [https, http] = [await freePort(), await freePort()]
  site = `https://localhost:${https}`
  ports = [await freePort(), await freePort()]
  servers = await Promise.all(ports.map((port) => start(port, database)))
  nginx = await startNginx({ https, http, servers: ports })
}

async function stopSite(): Promise<void> {
  await nginx?.stop()
  await Promise.all(servers.map((server) => server.stop()))
}

/** Through nginx, without a retry. */
async function send(method: 'GET' | 'POST', token: string): Promise<number> {
  const body = method === 'POST' ? JSON.stringify({ title: 'x' }) : ''
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const sent = request(`${site}/api/me/tasks?limit=1`, { method, headers, rejectUnauthorized: false }).end(
    body,
  )
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  await once(answer.resume(), 'end')
  return answer.statusCode ?? 0
}

/** The tokens from one server, after both and nginx have accepted the session. */
async function logInOnOne(): Promise<{ token: string; refreshToken: string }> {
  const [one = '', other = ''] = servers.map(({ url }) => url)
  const { email, password } = await signUp({ server: one })
  const { body } = await logIn(email, password, { server: one })
  const token = body.access_token
  expect([await statusOn(other, token), await statusOn(one, token), await send('POST', token)]).toEqual([
    200, 200, 201,
  ])
  return { token, refreshToken: body.refresh_token }
}

async function statusOn(server: string, token: string): Promise<number> {
  return (await call('/api/me/tasks', { server, token })).status
}

async function expectLogOutToCountEverywhere(token: string): Promise<void> {
  const [one = '', other = ''] = servers.map(({ url }) => url)
  await call('/api/auth/logout', { method: 'POST', server: one, token })
  expect(await statusOn(other, token)).toBe(401)
  expect(await Promise.all([1, 2, 3, 4].map(() => send('GET', token)))).toEqual(Array(4).fill(401))
}

test.describe('on PostgreSQL itself', () => {
  test.beforeAll(() => startSite())
  test.afterAll(stopSite)

  test('a log-in on one server counts on the other, and so does its revocation', async () => {
    await expectLogOutToCountEverywhere((await logInOnOne()).token)
  })

  test('a rolling restart under load fails no request and loses no task', async () => {
    const account: Account = await signUp({ server: servers[0]?.url ?? '' })
    const statuses: Record<string, number> = {}
    let isOver = false
    const load = Array.from({ length: 6 }, async (_, i) => {
      const method = i % 2 ? 'GET' : 'POST'
      while (!isOver) {
        const key = `${method} ${await send(method, account.token)}`
        statuses[key] = (statuses[key] ?? 0) + 1
      }
    })
    for (const [i, port] of ports.entries()) {
      await servers[i]?.stop()
      servers[i] = await start(port)
    }
    isOver = true
    await Promise.all(load)
    expect(Object.keys(statuses).sort()).toEqual(['GET 200', 'POST 201'])
    const { body } = await call<{ data: unknown[]; meta: { next_cursor: string | null } }>(
      '/api/me/tasks?limit=200',
      { server: servers[1]?.url ?? '', token: account.token },
    )
    expect(body.data).toHaveLength(Math.min(200, statuses['POST 201'] ?? 0))
  })
})

test.describe('behind PgBouncer in transaction mode', () => {
  let database: PooledDatabase
  test.skip(!hasPgBouncer(), 'This machine has no PgBouncer.')

  test.beforeAll(async () => {
    database = await startPooledDatabase()
    await startSite(database.settings)
  })
  test.afterAll(async () => {
    await stopSite()
    await database?.stop()
  })

  test('a log-in on one server counts on the other, under load, and so does its revocation', async () => {
    const { token, refreshToken } = await logInOnOne()
    const statuses = await Promise.all(
      Array.from({ length: 60 }, (_, i) => send(i % 2 ? 'GET' : 'POST', token)),
    )
    expect(new Set(statuses)).toEqual(new Set([200, 201]))
    const json = { refresh_token: refreshToken }
    const refreshed = await call('/api/auth/refresh', { server: servers[1]?.url ?? '', json })
    expect(refreshed.status).toBe(200)
    await expectLogOutToCountEverywhere(token)
  })
})
