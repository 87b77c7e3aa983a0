import { expect, test } from 'vitest'
import { daysBefore, secondsLater } from '#lib/time.ts'

const NOON = new Date('2026-03-29T12:00:00.000Z')

test.each([
  [90, '2026-03-29T12:01:30.000Z'],
  [-0.5, '2026-03-29T11:59:59.500Z'],
])('adds %d seconds', (seconds, expected) => {
  expect(secondsLater(NOON, seconds).toISOString()).toBe(expected)
})

test('counts days of 24 hours across a change of summer time', () => {
  expect(daysBefore(NOON, 2).toISOString()).toBe('2026-03-27T12:00:00.000Z')
})
