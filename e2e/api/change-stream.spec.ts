import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { call, expectError, expectInvalid, signUp } from '../support/api.ts'
import { openDatabaseProxy } from '../support/database-proxy.ts'
import { openStream } from '../support/event-stream.ts'
import { createTask, deleteTask } from '../support/journeys.ts'
import { HIGH_LIMITS, SHARED_SERVER } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'

const STREAM = '/api/me/changes/stream'

const servers: RunningServer[] = []

/** Another server of the same site, which accepts its tokens. */
async function startNeighbour(settings: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({ ...HIGH_LIMITS, APP_URL: SHARED_SERVER, ...settings })
  servers.push(server)
  return server
}

test.afterAll(async () => {
  for (const server of servers) await server.stop()
})

test('changes arrive as events, uncompressed and without delay, to their own account alone', async () => {
  const [ada, bob] = [await signUp(), await signUp()]
  const [stream, foreign] = [
    await openStream(ada, { headers: { 'accept-encoding': 'gzip, br' } }),
    await openStream(bob),
  ]
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  expect(stream.headers.get('content-encoding')).toBeNull()
  expect(stream.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(stream.headers.get('x-accel-buffering')).toBe('no')

  const latencies: number[] = []
  for (let count = 1; count <= 20; count++) {
    const startedAt = performance.now()
    await createTask(ada, `Task ${count}`)
    await expect.poll(() => stream.events.length, { intervals: [2] }).toBe(count)
    latencies.push(performance.now() - startedAt)
  }
  expect(Math.max(...latencies)).toBeLessThan(1_000)
  const listed = await call<{ data: object[] }>('/api/me/changes?since=0&limit=200', { token: ada.token })
  expect(stream.events.map(({ id, event, data }) => ({ id, event, data }))).toEqual(
    listed.body.data.map((data, index) => ({ id: index + 1, event: 'change', data })),
  )
  expect(foreign.events).toEqual([])
  await stream.leave()
  await foreign.leave()
})

test('a stream resumes after the id that its client names', async () => {
  const account = await signUp()
  for (const title of ['One', 'Two', 'Three']) await createTask(account, title)
  for (const opening of [
    { headers: { 'last-event-id': '1' } },
    { query: '?since=1' },
    { query: '?since=3', headers: { 'last-event-id': '1' } },
  ]) {
    const stream = await openStream(account, opening)
    await expect.poll(() => stream.events.map(({ id }) => id)).toEqual([2, 3])
    await stream.leave()
  }
  const invented = await openStream(account, { query: '?since=999999999999999' })
  await expect.poll(() => invented.events).toEqual([{ id: 3, event: 'gap', data: { next_since: 3 } }])
  await invented.leave()
})

test('what no stream begins from is 400, other users’ paths 403, other methods 405', async () => {
  const { token } = await signUp()
  const stranger = await signUp()
  for (const since of ['', '-1', 'x', '1.5', '9'.repeat(16)]) {
    expectInvalid(await call(`${STREAM}?since=${since}`, { token }), 'since')
  }
  for (const id of ['x', '-1', '1, 2', '9'.repeat(400)]) {
    expectInvalid(await call(STREAM, { token, headers: { 'last-event-id': id } }), 'Last-Event-ID')
  }
  expectError(await call(STREAM), 401, 'UNAUTHORIZED')
  expectError(await call(`/api/${stranger.userId}/changes/stream`, { token }), 403, 'FORBIDDEN')
  expectError(await call(STREAM, { method: 'POST', token }), 405, 'METHOD_NOT_ALLOWED')
  expect((await call(STREAM, { method: 'OPTIONS' })).status).toBe(204)
  // None of these is left open.
  for (let count = 0; count < 8; count++) {
    const head = await call(STREAM, { method: 'HEAD', token })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  }
})

test('the seventh stream of an account is 429 until a client leaves', async () => {
  const account = await signUp()
  const streams = []
  for (let count = 0; count < 6; count++) streams.push(await openStream(account))
  expectError(await call(STREAM, { token: account.token }), 429, 'RATE_LIMITED')
  await streams[0]?.leave()
  await expect
    .poll(async () => {
      const stream = await openStream(account).catch(() => null)
      if (stream) streams.push(stream)
      return stream !== null
    })
    .toBe(true)
  for (const stream of streams) await stream.leave()
})

test('a stream ends within a second when its session ends, on every server', async () => {
  const other = await startNeighbour()
  const account = await signUp()
  const latencies: number[] = []
  for (const server of [SHARED_SERVER, other.url]) {
    const session = await call<{ token: string }>('/api/auth/login', {
      json: { email: account.email, password: account.password },
    })
    const stream = await openStream({ token: session.body.token }, { server })
    await call('/api/auth/logout', { method: 'POST', token: session.body.token })
    const endedAt = performance.now()
    latencies.push((await stream.ended) - endedAt)
    expectError(await call(STREAM, { token: session.body.token, server }), 401, 'UNAUTHORIZED')
  }
  expect(Math.max(...latencies)).toBeLessThan(1_000)
})

test('a stream survives an outage of its database, and misses nothing of it', async () => {
  const database = await openDatabaseProxy()
  try {
    const server = await startNeighbour({ DATABASE_URL: database.url })
    const account = await signUp()
    const stream = await openStream(account, { server: server.url })
    const id = await createTask(account, 'Before')
    await expect.poll(() => stream.events).toHaveLength(1)
    await database.disconnect()
    await createTask(account, 'During')
    await deleteTask(account, id)
    await sleep(1_500)
    expect(stream.events).toHaveLength(1)
    await database.reconnect()
    await expect.poll(() => stream.events.map(({ id }) => id)).toEqual([1, 2, 3])
    // By its notification again.
    await sleep(2_000)
    const startedAt = performance.now()
    await createTask(account, 'After')
    await expect.poll(() => stream.events.length, { intervals: [2] }).toBe(4)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    await stream.leave()
  } finally {
    await database.disconnect()
  }
})

test('a server that stops ends its streams immediately, and the client resumes at another one', async () => {
  const server = await startNeighbour()
  const account = await signUp()
  const stream = await openStream(account, { server: server.url })
  await createTask(account, 'Before')
  await expect.poll(() => stream.lastId()).toBe(1)
  const startedAt = performance.now()
  const stopped = server.stop()
  expect((await stream.ended) - startedAt).toBeLessThan(1_000)
  await stopped
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  await createTask(account, 'Meanwhile')
  const next = await openStream(account, { headers: { 'last-event-id': String(stream.lastId()) } })
  await expect.poll(() => next.events.map(({ id }) => id)).toEqual([2])
  await next.leave()
})

test('a client that reads late gets all changes', async () => {
  const account = await signUp()
  const id = await createTask(account, 'Grows')
  const { port, hostname } = new URL(SHARED_SERVER)
  const socket = connect(Number(port), hostname)
  socket.pause()
  socket.write(`GET ${STREAM}?since=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${account.token}\r\n\r\n`)
  await once(socket, 'connect')
  // 40 kB each: together more than the buffers of both kernels.
  for (let count = 1; count <= 250; count++) {
    const json = { description: (count % 2 ? '🌱' : '🌿').repeat(5000) }
    expect((await call(`/api/me/tasks/${id}`, { method: 'PATCH', token: account.token, json })).status).toBe(
      200,
    )
  }
  let text = ''
  socket.setEncoding('utf8').on('data', (part) => {
    text += part
  })
  socket.resume()
  await expect.poll(() => text.match(/^id: \d+\nevent: change$/gm)?.length, { timeout: 20_000 }).toBe(251)
  socket.destroy()
})
