import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { clientOf } from './client.ts'
import { signAddress } from './client-address.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('address, network, user agent and request id come from the headers', () => {
  const requestId = randomUUID()
  const headers = new Headers({
    [CLIENT_ADDRESS_HEADER]: signAddress('2001:db8:0:1::7'),
    'user-agent': 'curl/8',
    'x-request-id': requestId,
  })
  expect(clientOf(headers)).toEqual({
    ipAddress: '2001:db8:0:1::7',
    network: '2001:db8:0:1::/64',
    userAgent: 'curl/8',
    requestId,
  })
})

test('gives a request without headers an id', () => {
  const client = clientOf(new Headers())
  expect(client).toMatchObject({ ipAddress: '0.0.0.0', userAgent: null })
  expect(client.requestId).toMatch(UUID)
})

test.each(['', 'x', '1', `${randomUUID()}\tx`, 'A'.repeat(36)])('the request id %j is replaced', (id) => {
  expect(clientOf(new Headers({ 'x-request-id': id })).requestId).toMatch(UUID)
})

test('truncates the user agent and removes control characters', () => {
  const userAgent = clientOf(new Headers({ 'user-agent': `\u009b31m${'x'.repeat(2000)}` })).userAgent
  expect(userAgent).toMatch(/^\\u\{9b\}31mx+$/)
  expect(userAgent!.length).toBeLessThan(600)
})
