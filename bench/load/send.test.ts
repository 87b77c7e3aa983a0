import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ask } from './send.ts'

const LOG_IN = { method: 'POST', path: '/api/auth/login', headers: {} } as const
const asked = vi.fn<() => Promise<Response>>()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', asked)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.resetAllMocks()
})

function answer(...statuses: number[]) {
  for (const status of statuses) asked.mockResolvedValueOnce(Response.json({ status }, { status }))
}

test('a preparation asks a busy server again', async () => {
  answer(503, 503, 200)
  const asking = ask('http://localhost', LOG_IN)
  await vi.runAllTimersAsync()
  expect(await asking).toEqual({ status: 200 })
})

test.each([
  [400, 1],
  [503, 5],
])('a preparation that is answered %i gives up after %i times', async (status, times) => {
  asked.mockImplementation(async () => Response.json({}, { status }))
  const asking = expect(ask('http://localhost', LOG_IN)).rejects.toThrow(`answered ${status}`)
  await vi.runAllTimersAsync()
  await asking
  expect(asked).toHaveBeenCalledTimes(times)
})
