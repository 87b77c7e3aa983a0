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

test('a log-in asks a busy server again', async () => {
  answer(503, 503, 200)
  const asking = ask('http://localhost', LOG_IN, { attempts: 3 })
  await vi.runAllTimersAsync()
  expect(await asking).toEqual({ status: 200 })
})

test.each([
  [400, 3, 1],
  [503, 3, 3],
  [503, undefined, 1],
])('an answer %i of %s attempts ends the preparation after %i', async (status, attempts, times) => {
  asked.mockImplementation(async () => Response.json({}, { status }))
  const asking = expect(ask('http://localhost', LOG_IN, { attempts })).rejects.toThrow(`answered ${status}`)
  await vi.runAllTimersAsync()
  await asking
  expect(asked).toHaveBeenCalledTimes(times)
})
