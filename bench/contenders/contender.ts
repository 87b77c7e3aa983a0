import type { Outcome, Plan, Target } from '../load/plan.ts'
import type { ScenarioName } from '../scenarios.ts'

/** What all contenders start with. */
export type World = {
  /** The load generator. */
  load: (plan: Plan) => Promise<Outcome>
  /** Makes an empty database on the one server. @returns its URL */
  createDatabase: () => Promise<string>
  bcryptCost: number
  passwordWaitSeconds: number
}

export type Contender = {
  title: string
  /** Of the process whose CPU time and memory count. */
  pid: number
  /** Each compiles its own code; one if absent. */
  processes?: number
  run: (plan: Plan) => Promise<Outcome>
  /** Called before each round, so that tokens are fresh. */
  targets: Partial<Record<ScenarioName, () => Promise<Target>>>
  stop: () => Promise<void>
}

export type StartContender = (world: World) => Promise<Contender>

export const READER = 'reader@example.com'
export const WRITER = 'writer@example.com'
export const PASSWORD = 'a passphrase of the benchmark'
/** Accounts that log in at the same time, in the storm. */
export const CROWD = 1000

export function crowdEmail(member: number): string {
  return `member-${member}@example.com`
}

export const LISTED_TASKS = 20

export function taskBody(number: number) {
  return { title: `Task ${number}: write the minutes and send them to everyone` }
}

/** Keeps a result that stays valid for some minutes, such as a log-in. */
export function remember<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const MINUTES = 4
  const kept = new Map<string, { value: Promise<T>; until: number }>()
  return (key) => {
    const known = kept.get(key)
    if (known && known.until > Date.now()) return known.value
    const value = make(key)
    kept.set(key, { value, until: Date.now() + MINUTES * 60_000 })
    return value
  }
}

/** Refused by its signature alone: its form and its claims are those of a valid token. */
export function forge(token: string): string {
  const first = token.lastIndexOf('.') + 1
  return token.slice(0, first) + (token[first] === 'A' ? 'B' : 'A') + token.slice(first + 1)
}
