import type { Contender } from './contenders/contender.ts'
import type { Outcome } from './load/plan.ts'
import { readUsage } from './process-usage.ts'
import { durationOf, isSuccess, SCENARIOS, type ScenarioName, warmUpOf } from './scenarios.ts'

/** `cpuMs` is what the contender's process used for one request; null where the system does not account it. */
export type Round = { rate: number; p50: number; p99: number; cpuMs: number | null }

/** Longer series of other answers than this share are no measurement. */
const TOLERATED_FAILURES = 0.01

type Load = { scenario: ScenarioName; seconds: number }

/** Contenders that count no requests, such as a loop of hashes, run for the seconds. */
export async function warmUp(contender: Contender, { scenario, seconds }: Load): Promise<void> {
  const amount = warmUpOf(scenario) * (contender.processes ?? 1)
  await contender.run({ ...(await planOf(contender, scenario)), seconds, amount })
}

/** Throws if the contender refuses what it has to answer. */
export async function measureRound(contender: Contender, { scenario, seconds }: Load): Promise<Round> {
  const plan = await planOf(contender, scenario)
  const before = readUsage(contender.pid)
  const outcome = await contender.run({ ...plan, seconds: seconds * durationOf(scenario) })
  const after = readUsage(contender.pid)
  const answers = requireSuccess(outcome, { scenario, contender })
  return {
    rate: answers.count / outcome.seconds,
    p50: answers.p50,
    p99: answers.p99,
    cpuMs: before && after && (after.cpuMs - before.cpuMs) / answers.count,
  }
}

async function planOf(contender: Contender, scenario: ScenarioName) {
  const target = await contender.targets[scenario]?.()
  if (!target) throw new Error(`${contender.title} has no ${scenario}.`)
  return { ...target, connections: SCENARIOS[scenario].connections }
}

type Measured = { scenario: ScenarioName; contender: Contender }

function requireSuccess({ byStatus }: Outcome, { scenario, contender }: Measured) {
  const all = Object.entries(byStatus)
  const total = all.reduce((sum, [, { count }]) => sum + count, 0)
  const [success] = all.filter(([status]) => isSuccess(scenario, Number(status))).map(([, one]) => one)
  if (!success || success.count < total * (1 - TOLERATED_FAILURES)) {
    const counts = all.map(([status, { count }]) => `${count} × ${status}`).join(', ')
    throw new Error(`${contender.title}, ${scenario}: unexpected answers (${counts || 'none'}).`)
  }
  return success
}
