import { expect, test, vi } from 'vitest'
import { PASSWORD_QUEUE_LIMIT } from '#lib/auth/policy.ts'
import { rememberRefusals } from './recent-refusals.ts'

test('a site counts as a flood until so long after its last refusal, if there were a thousand refusals', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  const refusals = rememberRefusals(3)
  refusals.add('192.0.2.1')
  vi.advanceTimersByTime(2900)
  expect(refusals.isFlood('192.0.2.1')).toBe(false)
  for (let count = 0; count < PASSWORD_QUEUE_LIMIT; count++) refusals.add('198.51.100.1')
  refusals.add('192.0.2.1')
  vi.advanceTimersByTime(200)
  expect(refusals.isFlood('192.0.2.1')).toBe(true)
  expect(refusals.isFlood('203.0.113.1')).toBe(false)
  vi.advanceTimersByTime(2800)
  expect(refusals.isFlood('192.0.2.1')).toBe(false)
  vi.useRealTimers()
})
