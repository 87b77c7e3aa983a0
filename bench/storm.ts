import { type Contender, CROWD } from './contenders/contender.ts'
import { formatNumber, formatTable } from './format-comparison.ts'
import type { Latencies, Outcome } from './load/plan.ts'
import type { LoadProcess } from './load-process.ts'

/** Latencies of the list in milliseconds, waits of log-ins in seconds. */
export type Storm = {
  title: string
  quietP95: number
  p95: number
  worst: number
  succeeded: number
  refused: number
  /** Other answers, and none within two minutes. */
  unanswered: number
  slowestSuccess: number
  refusalP99: number
  slowestRefusal: number
}

const LIST_CONNECTIONS = 10
const QUIET_SECONDS = 5
/** The list is read for so long at least; the storm of a slow contender lasts longer. */
const STORM_SECONDS = 20

type StormOptions = { size?: number; seconds?: number; load: LoadProcess; crowd: LoadProcess }

/** So many clients log in at the same moment, each once, while others read their tasks. */
export async function runStorm(
  contender: Contender,
  { size = CROWD, seconds = STORM_SECONDS, load, crowd }: StormOptions,
): Promise<Storm | null> {
  const list = await contender.targets['list-cookie']?.()
  const logIns = await contender.targets['log-in']?.()
  if (!list || !logIns) return null
  const read = { ...list, connections: LIST_CONNECTIONS }
  const quiet = await load.run({ ...read, seconds: Math.min(seconds, QUIET_SECONDS) })
  const [during, logged] = await Promise.all([
    load.run({ ...read, seconds }),
    crowd.run({ ...logIns, connections: size, amount: size, seconds }),
  ])
  const [success, refusal] = [part(logged, '200'), part(logged, '503')]
  return {
    title: contender.title,
    quietP95: part(quiet, '200').p95,
    p95: part(during, '200').p95,
    worst: part(during, '200').max,
    succeeded: success.count,
    refused: refusal.count,
    unanswered: size - success.count - refusal.count,
    slowestSuccess: success.max / 1000,
    refusalP99: refusal.p99 / 1000,
    slowestRefusal: refusal.max / 1000,
  }
}

const NONE: Latencies = { count: 0, p50: 0, p95: 0, p99: 0, max: 0 }

function part({ byStatus }: Outcome, status: string): Latencies {
  return byStatus[status] ?? NONE
}

const HEADINGS = [
  '',
  'list p95 quiet',
  'in the storm',
  'worst',
  'logged in',
  'slowest',
  '503',
  '99 % of them',
  'slowest',
  'no answer',
]

export function formatStorms(storms: Storm[]): string {
  const lines = storms.map((storm) => [
    storm.title,
    ...[storm.quietP95, storm.p95, storm.worst].map((value) => `${formatNumber(value)} ms`),
    ...[String(storm.succeeded), `${formatNumber(storm.slowestSuccess)} s`],
    String(storm.refused),
    ...[storm.refusalP99, storm.slowestRefusal].map((value) => `${formatNumber(value)} s`),
    String(storm.unanswered),
  ])
  return `\n## Log-ins at the same moment, while tasks are listed (storm)\n\n${formatTable([HEADINGS, ...lines])}`
}
