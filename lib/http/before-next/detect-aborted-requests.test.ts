import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { detectAbortedRequests, getOpenRequest } from './detect-aborted-requests.ts'

let server: Server
let signals: Map<string, AbortSignal | undefined>

beforeAll(async () => {
  detectAbortedRequests()
  server = createServer((request, response) => void handle(request.url ?? '', response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => void server.close())
beforeEach(() => {
  signals = new Map()
})

/** Reads the signal only after some asynchronous work, as a server action does. */
async function handle(path: string, response: ServerResponse): Promise<void> {
  await setImmediate()
  signals.set(path, getOpenRequest()?.signal)
  if (!path.startsWith('/wait')) response.end('x')
}

function open(...paths: string[]): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  for (const path of paths) socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  return socket
}

test('aborts when the client disconnects before its response', async () => {
  const socket = open('/wait')
  await expect.poll(() => signals.get('/wait')?.aborted).toBe(false)
  socket.destroy()
  await expect.poll(() => signals.get('/wait')?.aborted).toBe(true)
})

test('does not abort for a client that disconnects after its response', async () => {
  const socket = open('/answered')
  await once(socket, 'data')
  socket.destroy()
  await once(socket, 'close')
  await setImmediate()
  expect(signals.get('/answered')?.aborted).toBe(false)
})

test('is one for each request, also of one connection and at the same time', async () => {
  const one = open('/first', '/second', '/wait/one')
  const other = open('/wait/other')
  await expect.poll(() => signals.size).toBe(4)
  expect(new Set(signals.values()).size).toBe(4)
  one.destroy()
  await expect.poll(() => signals.get('/wait/one')?.aborted).toBe(true)
  expect(['/first', '/second', '/wait/other'].map((path) => signals.get(path)?.aborted)).toEqual([
    false,
    false,
    false,
  ])
  other.destroy()
})

test('is undefined outside of any request', () => {
  expect(getOpenRequest()).toBeUndefined()
})
