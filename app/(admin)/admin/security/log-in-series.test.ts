import { expect, test } from 'vitest'
import { columnOf, logInSeries, startsOf } from './log-in-series.ts'

const NOW = new Date('2026-03-01T09:59:59.999Z')

test('a day has 24 hours and a month 30 days, of which the last is under way', () => {
  const hours = startsOf('day', NOW)
  expect(hours).toHaveLength(24)
  expect([hours[0], hours.at(-1)]).toEqual([new Date('2026-02-28T10:00Z'), new Date('2026-03-01T09:00Z')])
  const days = startsOf('month', NOW)
  expect(days).toHaveLength(30)
  expect([days[0], days.at(-1)]).toEqual([new Date('2026-01-31T00:00Z'), new Date('2026-03-01T00:00Z')])
})

test('each outcome has its number in each hour, and 0 where there is none', () => {
  const starts = startsOf('day', NOW)
  const last = starts.at(-1)!
  const [succeeded, failed, throttled] = logInSeries(
    [
      { start: starts[0]!, eventType: 'login', success: true, count: 3 },
      { start: last, eventType: 'login_failed', success: false, count: 5 },
      { start: last, eventType: 'throttled', success: false, count: 2 },
      { start: last, eventType: 'logout', success: true, count: 9 },
      { start: new Date('2026-01-01T00:00Z'), eventType: 'login', success: true, count: 8 },
    ],
    starts,
  )
  expect(succeeded.values).toEqual([3, ...Array(23).fill(0)])
  expect(failed.values.at(-1)).toBe(5)
  expect(throttled.values).toEqual([...Array(23).fill(0), 2])
})

test('formats short labels for the axis and long ones for the table', () => {
  expect(columnOf(new Date('2026-03-01T09:00Z'), 'day')).toEqual({
    label: '09:00',
    longLabel: '1 Mar, 09:00 UTC',
  })
  expect(columnOf(new Date('2026-03-01T00:00Z'), 'month')).toEqual({
    label: '1 Mar',
    longLabel: '1 Mar 2026',
  })
})
