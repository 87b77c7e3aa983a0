import { expect, test } from 'vitest'
import { rankSum } from './rank-sum.ts'

const times = (start: number) => Array.from({ length: 200 }, (_, i) => start + ((i * 7919) % 200) / 10)

test('equal samples differ by nothing, whatever their order', () => {
  expect(rankSum(times(5), times(5).toReversed())).toBe(0)
  expect(rankSum([1, 1], [1, 1])).toBe(0)
})

test('a shift by a sixth of the spread is beyond chance, in both directions', () => {
  expect(rankSum(times(8.4), times(5))).toBeGreaterThan(3.3)
  expect(rankSum(times(5), times(8.4))).toBeLessThan(-3.3)
})

test('one outlier decides nothing', () => {
  expect(Math.abs(rankSum([...times(5), 10_000], times(5)))).toBeLessThan(0.2)
})
