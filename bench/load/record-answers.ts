import { quantile } from '../statistics.ts'
import type { Outcome } from './plan.ts'

/** Collects the latencies of answers by status. */
export function recordAnswers() {
  const byStatus = new Map<number, number[]>()
  const startedAt = performance.now()
  let endedAt = startedAt
  return {
    add(status: number, milliseconds: number): void {
      const known = byStatus.get(status)
      if (known) known.push(milliseconds)
      else byStatus.set(status, [milliseconds])
      endedAt = performance.now()
    },
    outcome(): Outcome {
      const summaries = [...byStatus].map(([status, latencies]) => [status, summarise(latencies)])
      return { seconds: (endedAt - startedAt) / 1000, byStatus: Object.fromEntries(summaries) }
    },
  }
}

function summarise(latencies: number[]) {
  const at = (share: number) => quantile(latencies, share)
  return { count: latencies.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
