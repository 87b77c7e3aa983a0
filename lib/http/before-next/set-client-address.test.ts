import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { clientAddress, signAddress } from '../client-address.ts'
import { setClientAddress } from './set-client-address.ts'

let server: Server

beforeAll(async () => {
  setClientAddress(0)
  server = createServer((req, res) => res.end(JSON.stringify({ method: req.method, headers: req.headers })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

function ask(method: string, headers: Record<string, string | string[]>) {
  const { port } = server.address() as AddressInfo
  return new Promise<{ method: string; headers: Record<string, string> }>((resolve, reject) => {
    const req = request({ port, method, headers, agent: false }, async (res) => {
      resolve(JSON.parse(Buffer.concat(await res.toArray()).toString()))
    })
    req.on('error', reject).end()
  })
}

test('never uses a client’s header as its address', async () => {
  const { headers } = await ask('GET', {
    'X-Forwarded-For': ['1.2.3.4', '5.6.7.8'],
    'X-Real-IP': '1.2.3.4',
    'CF-Connecting-IP': '1.2.3.4',
    Forwarded: 'for=1.2.3.4',
  })
  expect(clientAddress(new Headers(headers))).toBe('127.0.0.1')
  expect(JSON.stringify(headers)).not.toContain('1.2.3.4')
})

test('keeps the address of a request that the server forwards to itself, unless that is forged', async () => {
  const own = await ask('GET', { [CLIENT_ADDRESS_HEADER]: signAddress('203.0.113.9') })
  expect(clientAddress(new Headers(own.headers))).toBe('203.0.113.9')
  for (const claim of [
    '203.0.113.9',
    '203.0.113.9 x',
    `203.0.113.10 ${signAddress('203.0.113.9').split(' ')[1]}`,
  ]) {
    const { headers } = await ask('GET', { [CLIENT_ADDRESS_HEADER]: claim })
    expect(clientAddress(new Headers(headers))).toBe('127.0.0.1')
  }
})

test('turns TRACE, for which Next.js cannot create a Request, into a method that is not allowed', async () => {
  expect((await ask('TRACE', {})).method).toBe('X-TRACE')
  expect((await ask('PATCH', {})).method).toBe('PATCH')
})
