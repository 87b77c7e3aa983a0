import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOTHING_POLICY } from '#lib/gate/content-security-policy.ts'
import { setSecurityHeaders } from './security-headers.ts'

const UUID = /^[0-9a-f-]{36}$/
let reply: (response: ServerResponse) => void
const server = createServer((_, response) => reply(response))

beforeAll(async () => {
  setSecurityHeaders()
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => void server.close())

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

async function headersOf(answer: (response: ServerResponse) => void): Promise<Headers> {
  reply = answer
  return (await fetch(url())).headers
}

test('gives a response without a policy the strictest one', async () => {
  for (const answer of [
    (response: ServerResponse) => response.end('x'),
    (response: ServerResponse) => response.writeHead(200, ['X', 'y']).end(),
    (response: ServerResponse) => response.writeHead(500, { X: 'y' }).end('Internal Server Error'),
  ]) {
    const headers = await headersOf(answer)
    expect(headers.get('content-security-policy')).toBe(NOTHING_POLICY)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-request-id')).toMatch(UUID)
    expect(headers.get('x-frame-options')).toBe('DENY')
  }
})

test('gives a page without the gate’s policy none that blocks its scripts, unless it failed', async () => {
  const page = (status: number) => (response: ServerResponse) =>
    response.setHeader('Content-Type', 'text/html').writeHead(status).end('<p>')
  expect((await headersOf(page(200))).get('content-security-policy')).toBeNull()
  expect((await headersOf(page(500))).get('content-security-policy')).toBe(NOTHING_POLICY)
})

test('keeps the headers that a response sets itself', async () => {
  const own = { 'Content-Security-Policy': 'own', 'Cache-Control': 'public', 'X-Request-Id': 'own' }
  const headers = await headersOf((response) => {
    for (const [name, value] of Object.entries(own)) response.setHeader(name, value)
    response.end('x')
  })
  for (const [name, value] of Object.entries(own)) expect(headers.get(name)).toBe(value)
})

test.each([
  ['text/html; charset=utf-8', undefined, 'no-store, no-transform'],
  ['text/html', 'private, no-store', 'private, no-store, no-transform'],
  ['text/html', 'no-store, no-transform', 'no-store, no-transform'],
  ['text/x-component', 'no-store', 'no-store, no-transform'],
  ['application/json', 'no-store', 'no-store'],
  ['application/javascript', 'public, immutable', 'public, immutable'],
])('no proxy may rewrite a page: %s with %s', async (type, caching, sent) => {
  const headers = await headersOf((response) => {
    response.setHeader('Content-Type', type)
    if (caching) response.setHeader('Cache-Control', caching)
    response.end('x')
  })
  expect(headers.get('cache-control')).toBe(sent)
})

test('closes connections with their last response while the server stops', async () => {
  const stopping = createServer((_, response) => {
    stopping.close()
    response.end('x')
  })
  await once(stopping.listen(0, '127.0.0.1'), 'listening')
  const socket = connect((stopping.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const answer = Buffer.concat(await socket.toArray()).toString()
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nConnection: close\r\n/)
})
