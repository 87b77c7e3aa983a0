import type { Contender } from './contenders/contender.ts'
import { measureRound, type Round, warmUp } from './measure.ts'
import type { Options } from './options.ts'
import type { ScenarioName } from './scenarios.ts'

/** The rounds of each contender, in the order of the contenders. */
export type Comparison = { scenario: ScenarioName; rows: { title: string; rounds: Round[] }[] }

/** Measures all contenders of a scenario in alternating rounds, each round in another order. */
export async function compareContenders(
  contenders: Contender[],
  { scenario, rounds, seconds, quick }: Options & { scenario: ScenarioName },
): Promise<Comparison> {
  const rows = contenders
    .filter(({ targets }) => targets[scenario])
    .map((contender) => ({ contender, title: contender.title, rounds: [] as Round[] }))
  for (const { contender } of quick ? [] : rows) {
    await warmUp(contender, { scenario, seconds })
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contender, rounds: measured } of rotate(rows, round)) {
      measured.push(await measureRound(contender, { scenario, seconds }))
    }
  }
  return { scenario, rows: rows.map(({ title, rounds: measured }) => ({ title, rounds: measured })) }
}

function rotate<T>(list: T[], by: number): T[] {
  const start = by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}
