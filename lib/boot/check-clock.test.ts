import { afterEach, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { checkClock } from './check-clock.ts'

const warn = vi.spyOn(log(), 'warn')

afterEach(() => warn.mockClear())

test.each([0, 1000, -1000])('logs nothing for a clock %i ms ahead of the database', async (ms) => {
  await checkClock(() => Date.now() + ms)
  expect(warn).not.toHaveBeenCalled()
})

test.each([6000, -6000])(
  'logs one warning, in seconds, for a clock %i ms ahead of the database',
  async (ms) => {
    await checkClock(() => Date.now() + ms)
    expect(warn).toHaveBeenCalledOnce()
    const { job, seconds_ahead } = Object(warn.mock.calls[0]?.[0])
    expect(job).toBe('clock')
    expect(Math.abs(seconds_ahead - ms / 1000)).toBeLessThan(1)
  },
)

test('does not count a slow answer as a difference', async () => {
  const times = [Date.now() - 8000, Date.now()]
  await checkClock(() => times.shift() ?? 0)
  expect(warn).not.toHaveBeenCalled()
})
