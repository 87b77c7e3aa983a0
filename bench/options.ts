import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../lib/result.ts'
import type { CommandFailure } from '../scripts/setup/fail.ts'
import { CONTENDER_NAMES, type ContenderName, QUICK_NAMES } from './contenders/contenders.ts'
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios.ts'

/** Scenarios that measure something else than a rate. */
const SPECIAL = ['storm'] as const

export type Options = {
  scenarios: ScenarioName[]
  storm: boolean
  contenders: ContenderName[]
  rounds: number
  seconds: number
  /** Of mixed load before the rounds, which then have a fresh Taskward, too. */
  soakMinutes: number
  /** Another checkout with a build. */
  compare: string | null
  quick: boolean
  /** Whether to write the results into docs/. */
  save: boolean
}

const FULL = { rounds: 4, seconds: 2 }
const QUICK = { rounds: 1, seconds: 0.2 }

/** @returns the options, or a line that names the wrong one */
export function parseOptions(args: string[]): Result<Options, CommandFailure<'INVALID_OPTION'>> {
  try {
    return ok(parse(args))
  } catch (error) {
    return err({ code: 'INVALID_OPTION', text: error instanceof Error ? error.message : String(error) })
  }
}

function parse(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      only: { type: 'string' },
      against: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      soak: { type: 'string' },
      compare: { type: 'string' },
    },
  })
  const { quick } = values
  const defaults = quick ? QUICK : FULL
  const chosen = namesOf('only', values.only, [...SCENARIO_NAMES, ...SPECIAL])
  const against = namesOf('against', values.against, quick ? QUICK_NAMES : CONTENDER_NAMES)
  const isScenario = (name: string): name is ScenarioName => name in SCENARIOS
  return {
    scenarios: chosen.filter(isScenario),
    storm: chosen.includes('storm'),
    contenders: [...new Set<ContenderName>(['taskward', ...against])],
    rounds: numberOf('rounds', values.rounds, defaults.rounds),
    seconds: numberOf('seconds', values.seconds, defaults.seconds),
    soakMinutes: values.soak === undefined ? 0 : numberOf('soak', values.soak, 0),
    compare: values.compare ?? null,
    quick,
    save: values.save,
  }
}

function namesOf<Name extends string>(option: string, text: string | undefined, known: Name[]): Name[] {
  if (text === undefined) return known
  const isKnown = (name: string): name is Name => known.some((one) => one === name)
  return text.split(',').map((name) => {
    if (isKnown(name)) return name
    throw new Error(`--${option} has no "${name}": choose from ${known.join(', ')}.`)
  })
}

function numberOf(option: string, text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text)
  if (number > 0) return number
  throw new Error(`--${option} must be a number above 0.`)
}
