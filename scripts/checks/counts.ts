import { z } from 'zod'

export type Counts = { passed: number; failed: number; skipped: number }

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** Counts from vitest's JSON report. A file that could not even be loaded is one failure. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = vitestReport.parse(report)
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests }
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
})

/** Counts from Playwright's JSON report. A flaky test is a failure, and so is an error outside of any test. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

/** Adds a failure if the exit code reports one that the counts lack, or if no test ran. */
export function judge(counts: Counts, exitCode: number): Counts {
  const failedUnseen = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0)
  return failedUnseen ? { ...counts, failed: 1 } : counts
}

export function sum(all: Counts[]): Counts {
  const total = (name: keyof Counts) => all.reduce((count, counts) => count + counts[name], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}

export function formatCounts({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`
}

/** @returns the end of a line; empty if there are none */
export function formatSkipped({ skipped }: Counts): string {
  return skipped ? `, ${skipped} skipped` : ''
}
