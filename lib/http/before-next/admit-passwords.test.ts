import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPasswordQueue } from '#lib/auth/password/password-queue.ts'
import { detectAbortedRequests } from './detect-aborted-requests.ts'
import { interceptRequests } from './intercept-requests.ts'
import { setClientAddress } from './set-client-address.ts'

let server: Server
let passed: { request: IncomingMessage; response: ServerResponse }[]

beforeAll(async () => {
  setClientAddress(0)
  detectAbortedRequests()
  server = createServer((request, response) => passed.push({ request, response }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  interceptRequests(true, 75)
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  passed = []
  // One request takes ten seconds, so that the next would be answered too late.
  Object.assign(globalThis, {
    [Symbol.for('taskward.passwordQueue')]: createPasswordQueue(1, { usualSeconds: 10 }),
  })
})

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
