type Scenario = {
  title: string
  connections: number
  /** The one status that counts as success; any of 200 to 299 where it is missing. */
  status?: number
  /** How many times as long as the others it takes to show a rate. */
  duration?: number
  /** Requests to each process that do not count, so that all contenders have compiled code. */
  warmUp?: number
}

const WARM_UP = 4_000
/** A page takes several times as long. */
const PAGE = { connections: 20, warmUp: 1_500 }

/** A hash takes a processor for a quarter of a second: more connections would only wait. */
const HASHING = { connections: 4, duration: 2, warmUp: 16 }

export const SCENARIOS = {
  'list-bearer': { title: 'List 20 tasks, bearer token', connections: 20 },
  'list-cookie': { title: 'List 20 tasks, cookie', connections: 20 },
  me: { title: 'Read the own account', connections: 20 },
  create: { title: 'Create a task', connections: 20 },
  complete: { title: 'Complete a task', connections: 20 },
  refresh: { title: 'Rotate a refresh token', connections: 20 },
  'forged-token': { title: 'Refuse a forged token', connections: 20, status: 401 },
  'tasks-page': { title: 'The page /tasks, 20 tasks', ...PAGE },
  'login-page': { title: 'The page /login', ...PAGE },
  'log-in': { title: 'Log in', ...HASHING },
  'sign-up': { title: 'Sign up', ...HASHING },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof SCENARIOS

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[]

export function warmUpOf(name: ScenarioName): number {
  const scenario: Scenario = SCENARIOS[name]
  return scenario.warmUp ?? WARM_UP
}

export function durationOf(name: ScenarioName): number {
  const scenario: Scenario = SCENARIOS[name]
  return scenario.duration ?? 1
}

export function isSuccess(name: ScenarioName, status: number): boolean {
  const scenario: Scenario = SCENARIOS[name]
  return scenario.status === undefined ? status >= 200 && status < 300 : status === scenario.status
}
