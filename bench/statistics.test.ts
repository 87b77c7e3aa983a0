import { expect, test } from 'vitest'
import { median, medianRatio, quantile, spread } from './statistics.ts'

test('the median of an even number of values is between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
})

test('a quantile of the share 1 is the highest value', () => {
  expect(quantile([3, 1, 2], 1)).toBe(3)
  expect(quantile([0, 100], 0.99)).toBe(99)
})

test('the spread is relative to the median', () => {
  expect(spread([90, 100, 110])).toBeCloseTo(0.1)
})

test('the ratio pairs the values of each round, so that a slow round counts on both sides', () => {
  expect(medianRatio([100, 50, 102], [200, 100, 100])).toBe(0.5)
})
