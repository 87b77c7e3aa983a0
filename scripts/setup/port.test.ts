import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findPort } from './port.ts'

const server = createServer()
let taken: number

beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  taken = typeof address === 'object' && address ? address.port : 0
})

afterEach(() => server.close())

test('rejects a used port with a line that names PORT', async () => {
  const result = await findPort(String(taken))
  expect(result).toEqual({
    ok: false,
    error: { code: 'PORT_UNAVAILABLE', text: expect.stringMatching(/^Port \d+ is taken .* PORT .*$/) },
  })
})

test('waits for a server that is ending', async () => {
  setTimeout(() => server.close(), 300)
  expect(await findPort(String(taken))).toEqual({ ok: true, value: taken })
})

test.each(['abc', '0', '-1', '65536', '80.5', '3000; rm -rf /'])('rejects PORT=%s', async (text) => {
  const result = await findPort(text)
  expect(result).toEqual({
    ok: false,
    error: { code: 'INVALID_PORT', text: expect.stringMatching(/^PORT must be a whole number/) },
  })
})
