import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPasswordQueue } from '#lib/auth/password/create-password-queue.ts'
import { clientOf } from '../client.ts'
import { detectAbortedRequests } from './detect-aborted-requests.ts'
import { interceptRequests } from './intercept-requests.ts'
import { setClientAddress } from './set-client-address.ts'

let server: Server
/** What came to Next.js, and when it had arrived. */
let passed: { request: IncomingMessage; response: ServerResponse; arrivedAt: number | undefined }[]

let onPassed: () => void

beforeAll(async () => {
  setClientAddress(0)
  detectAbortedRequests()
  server = createServer((request, response) => {
    passed.push({ request, response, arrivedAt: clientOf(new Headers()).arrivedAt })
    onPassed()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  interceptRequests(true, 75)
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  passed = []
  onPassed = () => {}
  // One request takes ten seconds, so that the next would be answered too late.
  useQueue({ usualSeconds: 10 })
})

function useQueue(options: Parameters<typeof createPasswordQueue>[1]): void {
  Object.assign(globalThis, { [Symbol.for('taskward.passwordQueue')]: createPasswordQueue(1, options) })
}

function call(path: string, init: RequestInit = {}): Promise<Response> {
  const { port } = server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: '{}', ...init })
}

async function callPassed(path: string, init?: RequestInit): Promise<void> {
  const before = passed.length
  const answer = call(path, init)
  await expect.poll(() => passed.length).toBe(before + 1)
  passed.at(-1)?.response.end()
  expect((await answer).status).toBe(200)
}

test('refuses a log-in that would be answered too late, before Next.js sees it', async () => {
  const first = call('/api/auth/login')
  await expect.poll(() => passed.length).toBe(1)
  for (const path of ['/api/auth/login', '/api/auth/signup?x']) {
    const refused = await call(path)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10)
    expect(await refused.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } })
  }
  const form = await call('/login', { headers: { 'next-action': 'x' } })
  expect([form.status, await form.text()]).toEqual([503, 'The server is busy, so nothing was done.'])
  expect(await (await call('/login')).text()).toContain('The server is busy')
  expect(passed).toHaveLength(1)

  passed[0]?.response.end()
  await first
  await callPassed('/api/auth/login')
})

test('passes every other request, and browsers that the account may know', async () => {
  const first = call('/api/auth/login')
  await expect.poll(() => passed.length).toBe(1)
  await callPassed('/api/auth/refresh')
  await callPassed('/api/auth/login/x')
  await callPassed('/login', { method: 'GET', body: null })
  await callPassed('/login', { headers: { cookie: 'taskward.device=x' } })
  passed[0]?.response.end()
  await first
})

/** Requests of one connection, sent together. */
function pipeline(...requests: string[]) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(requests.join(''))
  return socket
}

const post = (path: string, header: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\n${header}\r\nContent-Length: 2\r\n\r\n{}`

test('a request has arrived when its body has come: a slow upload is no wait', async () => {
  const { port } = server.address() as AddressInfo
  const slow = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/auth/login' })
  slow.setHeader('Content-Length', 2).flushHeaders()
  await sleep(50)
  const sent = performance.now()
  slow.end('{}')
  await expect.poll(() => passed.length).toBe(1)
  expect(passed[0]?.arrivedAt).toBeGreaterThanOrEqual(sent)
  passed[0]?.response.end()
})

test('refuses a request, also with cookies, that has waited too long for Next.js', async () => {
  useQueue({ waitSeconds: 0.05 })
  onPassed = () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    passed.at(-1)?.response.end()
  }
  const others = Array.from({ length: 20 }, () => call('/x'))
  const late = await call('/api/auth/login', { headers: { cookie: 'taskward.device=x' } })
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '1'])
  await Promise.all(others)
  expect(passed).toHaveLength(20)
})

test('a request whose connection closes leaves, although its response waits behind another one', async () => {
  const socket = pipeline('GET /x HTTP/1.1\r\nHost: x\r\n\r\n', post('/api/auth/login', 'A: b'))
  await expect.poll(() => passed.length).toBe(2)
  expect((await call('/api/auth/login')).status).toBe(503)
  // Node 20 does not close it.
  passed[1]?.response.removeAllListeners('close')
  socket.destroy()
  await once(socket, 'close')
  onPassed = () => passed.at(-1)?.response.end()
  await expect.poll(async () => (await call('/api/auth/login')).status).toBe(200)
})
