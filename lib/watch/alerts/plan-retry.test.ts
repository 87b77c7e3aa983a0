import { expect, test } from 'vitest'
import { planRetry } from './plan-retry.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')

/** The waits after each failure, in seconds, until it gives up. */
function waits(random?: number): number[] {
  const seconds: number[] = []
  for (let attempts = 1; ; attempts++) {
    const next = planRetry(attempts, { now: NOW, random })
    if (!next) return seconds
    seconds.push((next.getTime() - NOW.getTime()) / 1000)
  }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

test('plans ten attempts within about a day, each wait three times the last', () => {
  expect(waits(0)).toEqual([10, 30, 90, 270, 810, 2430, 7290, 21870, 65610])
  expect(sum(waits(0)) / 3600).toBeCloseTo(27.3, 1)
  expect(sum(waits(1)) / 3600).toBeCloseTo(20.5, 1)
})

test('spreads the retries of alerts that failed together', () => {
  const moments = Array.from({ length: 20 }, () => planRetry(9, { now: NOW })?.getTime())
  expect(new Set(moments).size).toBeGreaterThan(1)
})
