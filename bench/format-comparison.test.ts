import { expect, test } from 'vitest'
import { formatComparison, formatNumber } from './format-comparison.ts'

const round = (rate: number, cpuMs: number | null) => ({ rate, cpuMs, p50: 10, p99: 40 })

test('compares medians, and each round with the same round of Taskward', () => {
  const rows = [
    { title: 'Taskward', rounds: [round(300, 2), round(100, 2.2), round(330, 2)] },
    { title: 'floor', rounds: [round(600, 1), round(200, 1), round(600, 1)] },
  ]
  expect(formatComparison({ scenario: 'me', rows }).trim().split('\n')).toEqual([
    '## Read the own account, 20 connections (me)',
    '',
    '|          | requests/s |    ± | p50 ms | p99 ms | CPU ms |   rate |    CPU |',
    '| -------- | ---------: | ---: | -----: | -----: | -----: | -----: | -----: |',
    '| Taskward |        300 | 38 % |   10.0 |   40.0 |   2.00 |        |        |',
    '| floor    |        600 | 33 % |   10.0 |   40.0 |   1.00 | 0.50 × | 2.00 × |',
  ])
})

test('shows a dash for the CPU time that a system does not count', () => {
  const rows = [{ title: 'Taskward', rounds: [round(300, null)] }]
  expect(formatComparison({ scenario: 'me', rows })).toMatch(/ – \|/)
})

test('rounds numbers to three digits', () => {
  expect([1234.5, 123.4, 12.34, 1.234].map(formatNumber)).toEqual(['1235', '123', '12.3', '1.23'])
})
