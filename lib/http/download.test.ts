import { expect, test } from 'vitest'
import { DatabaseUnavailable } from '#lib/db/availability.ts'
import { makeClient } from '#lib/testing/factories.ts'
import { download } from './download.ts'

const client = makeClient()

function send(parts: AsyncGenerator<string>) {
  return download({ name: 'x.csv', contentType: 'text/csv; charset=utf-8', parts }, client)
}

test('sends a file as an attachment that no cache keeps', async () => {
  async function* parts() {
    yield 'ä'
    yield '€\n'
  }
  const response = await send(parts())
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'no-store',
    'content-disposition': 'attachment; filename="x.csv"',
    'content-type': 'text/csv; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'x-request-id': client.requestId,
  })
  expect(await response.text()).toBe('ä€\n')
})

test('generates a part when the client reads it, and none after the client has disconnected', async () => {
  let made = 0
  let ended = false
  async function* parts() {
    try {
      for (;;) yield `${++made}`
    } finally {
      ended = true
    }
  }
  const reader = (await send(parts())).body!.getReader()
  await reader.read()
  expect(made).toBeLessThanOrEqual(3)
  await reader.cancel()
  expect(ended).toBe(true)
})

test.each([
  [new Error('secret'), 500],
  [new DatabaseUnavailable('secret'), 503],
])('a failure before the first part is an answer without detail: %s is %i', async (error, status) => {
  // biome-ignore lint/correctness/useYield: it fails before
  async function* parts(): AsyncGenerator<string> {
    throw error
  }
  const response = await send(parts())
  expect(response.status).toBe(status)
  expect(response.headers.get('content-disposition')).toBeNull()
  expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null)
  expect(await response.text()).not.toContain('secret')
})

test('aborts the transfer on a failure after the first part', async () => {
  async function* parts() {
    yield 'half'
    throw new Error('gone')
  }
  const response = await send(parts())
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow('gone')
})
