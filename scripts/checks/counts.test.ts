import { expect, test } from 'vitest'
import { countPlaywright, countVitest, formatCounts, formatSkipped, judge, sum } from './counts.ts'

test('counts every test of vitest', () => {
  const file = { status: 'passed', assertionResults: [{}, {}] }
  const report = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, testResults: [file] }
  expect(countVitest(report)).toEqual({ passed: 2, failed: 0, skipped: 0 })
})

test('counts a file that vitest cannot load as a failure', () => {
  const files = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
  ]
  const report = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: files }
  expect(countVitest(report)).toEqual({ passed: 0, failed: 2, skipped: 0 })
})

test('counts a Playwright test that passed at the second try as a failure', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] }
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 2, skipped: 0 })
})

test('counts a server that does not start as a failure of Playwright', () => {
  const report = {
    stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
    errors: [{ message: 'no server' }],
  }
  expect(countPlaywright(report)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test.each([
  [
    'an exit code that no test explains',
    { passed: 5, failed: 0, skipped: 0 },
    1,
    { passed: 5, failed: 1, skipped: 0 },
  ],
  ['a run without any test', { passed: 0, failed: 0, skipped: 0 }, 0, { passed: 0, failed: 1, skipped: 0 }],
  ['a failed test', { passed: 5, failed: 2, skipped: 0 }, 1, { passed: 5, failed: 2, skipped: 0 }],
])('%s fails', (_, counts, exitCode, expected) => {
  expect(judge(counts, exitCode)).toEqual(expected)
})

test('adds up the counts of all parts', () => {
  expect(sum([{ passed: 1, failed: 2, skipped: 3 }, { passed: 4, failed: 5, skipped: 6 }, sum([])])).toEqual({
    passed: 5,
    failed: 7,
    skipped: 9,
  })
})

test('formats the counts without the skipped tests, which have a text of their own', () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 2 }
  const counts = countPlaywright({ stats, errors: [] })
  expect([formatCounts(counts), formatSkipped(counts)]).toEqual(['3 passed, 0 failed', ', 2 skipped'])
  const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 1, testResults: [] }
  expect(countVitest(report).skipped).toBe(1)
  expect(formatSkipped({ passed: 3, failed: 0, skipped: 0 })).toBe('')
})
