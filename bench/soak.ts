import type { Contender } from './contenders/contender.ts'
import { formatNumber, formatTable } from './format-comparison.ts'
import type { Outcome, Plan, PlannedRequest, Target } from './load/plan.ts'
import { readUsage } from './process-usage.ts'
import type { ScenarioName } from './scenarios.ts'

/** A share of each kind of request, as of users who mostly read. */
const MIXTURE: Partial<Record<ScenarioName, number>> = {
  'list-bearer': 4,
  'list-cookie': 4,
  me: 3,
  create: 2,
  'tasks-page': 4,
  'login-page': 1,
  'forged-token': 2,
}
const CONNECTIONS = 20
/** Rows of the table, whatever the length. */
const ROWS = 10

type Minute = {
  minute: number
  rate: number
  /** Answers that refuse what they were asked for. */
  failures: number
  cpuMs: number
  residentMb: number
}

/** Mixed load for so many minutes. Each begins with fresh tokens. */
export async function soak(contender: Contender, minutes: number): Promise<Minute[]> {
  const measured: Minute[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    const before = readUsage(contender.pid)
    const outcome = await contender.run(await planMixture(contender))
    const after = readUsage(contender.pid)
    const count = countAnswers(outcome)
    const failures = countAnswers(outcome, isRefusal)
    measured.push({
      minute,
      rate: count / outcome.seconds,
      failures,
      cpuMs: after && before ? (after.cpuMs - before.cpuMs) / count : Number.NaN,
      residentMb: after?.residentMb ?? Number.NaN,
    })
  }
  return measured
}

async function planMixture({ targets }: Contender): Promise<Plan> {
  const parts = Object.entries(MIXTURE).map(async ([name, share]) => {
    const target = await targets[name as ScenarioName]?.()
    return target ? Array.from({ length: share }, () => target) : []
  })
  const all = (await Promise.all(parts)).flat()
  const [first] = all
  if (!first) throw new Error('The mixture has no requests.')
  return { origin: first.origin, requests: mix(all), connections: CONNECTIONS, seconds: 60 }
}

/** One request of each target in turn, until each has sent all of its own. */
export function mix(targets: Target[]): PlannedRequest[] {
  const turns = Math.max(...targets.map(({ requests }) => requests.length))
  return Array.from({ length: turns }, (_, turn) =>
    targets.flatMap(({ requests }, i) => requests[(turn + i) % requests.length] ?? []),
  ).flat()
}

/** A forged token gets its 401. */
function isRefusal(status: number): boolean {
  return status >= 400 && status !== 401
}

function countAnswers({ byStatus }: Outcome, counts: (status: number) => boolean = () => true): number {
  const counted = Object.entries(byStatus).filter(([status]) => counts(Number(status)))
  return counted.reduce((sum, [, { count }]) => sum + count, 0)
}

export function formatSoak(minutes: Minute[]): string {
  const every = Math.ceil(minutes.length / ROWS)
  const shown = minutes.filter(({ minute }) => minute === 1 || minute % every === 0)
  const failuresUntil = (last: number) =>
    minutes.filter(({ minute }) => minute <= last).reduce((sum, { failures }) => sum + failures, 0)
  const lines = shown.map(({ minute, rate, cpuMs, residentMb }) => [
    ...[String(minute), formatNumber(rate), String(failuresUntil(minute))],
    ...[formatNumber(cpuMs), formatNumber(residentMb)],
  ])
  return `\n## Mixed load, ${CONNECTIONS} connections (soak)\n\n${formatTable([['minute', 'requests/s', 'failed so far', 'CPU ms', 'resident MB'], ...lines])}`
}
