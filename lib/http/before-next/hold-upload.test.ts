import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { signAddress } from '../client-address.ts'
import { makeHold } from './hold-upload.ts'

const MB = 1024 * 1024

function fakeResponse() {
  const req = { socket: new EventEmitter() }
  return Object.assign(new EventEmitter(), { req }) as unknown as ServerResponse
}

function uploadFrom(address: string) {
  const headers = { [CLIENT_ADDRESS_HEADER]: signAddress(address) }
  const response = fakeResponse()
  const hold = makeHold({ headers } as unknown as IncomingMessage, response)
  return { hold, end: () => response.emit('close') }
}

test('files of one network have 20 MB, those of all networks 60 MB, until their responses end', () => {
  const first = uploadFrom('203.0.113.1')
  expect([first.hold(10 * MB), first.hold(10 * MB)]).toEqual([true, true])
  const second = uploadFrom('203.0.113.1')
  expect(second.hold(MB)).toBe(false)
  second.end()
  const others = ['2001:db8:1::1', '2001:db8:2::1'].map(uploadFrom)
  expect(others.map(({ hold }) => hold(20 * MB))).toEqual([true, true])
  const [same, other] = ['2001:db8:1::2', '203.0.113.4'].map(uploadFrom)
  expect([same?.hold(MB), other?.hold(MB)]).toEqual([false, false])
  for (const { end } of [first, ...others]) end()
  expect([same?.hold(10 * MB), other?.hold(10 * MB)]).toEqual([true, true])
  same?.end()
  other?.end()
  const last = uploadFrom('203.0.113.1')
  expect(last.hold(20 * MB)).toBe(true)
  last.end()
})

test('an address that the server does not vouch for counts with the others of its kind', () => {
  const response = fakeResponse()
  const hold = makeHold({ headers: { [CLIENT_ADDRESS_HEADER]: '203.0.113.9 forged' } } as never, response)
  expect([hold(20 * MB), hold(MB)]).toEqual([true, false])
  response.emit('close')
})
