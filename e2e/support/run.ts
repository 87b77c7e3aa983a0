/** What the global set-up left for the tests: the settings that every server of this run has in common. */
const settings: Record<string, string> = JSON.parse(process.env.TASKWARD_E2E_SETTINGS ?? '{}')

/** The server that all tests share, which has generous throttles. */
export const MAIN = process.env.TASKWARD_E2E_URL ?? ''

/** For a server of one's own which is not about throttling: all servers of the run count in one database. */
export const HIGH_LIMITS = {
  RATE_LIMITS: ['signup.address', 'signup.tries', 'login.address', 'login.work', 'login.work.pair']
    .map((name) => `${name}=100000/60`)
    .join(),
}

export const jwtSecret = () => setting('JWT_SECRET')
export const databaseUrl = () => setting('DATABASE_URL')

function setting(name: string): string {
  const value = settings[name]
  if (!value) throw new Error(`The global set-up has not set ${name}.`)
  return value
}
