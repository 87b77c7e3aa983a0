/** The settings that all servers of this run share. The global set-up passes them. */
const settings: Record<string, string> = JSON.parse(process.env.TASKWARD_E2E_SETTINGS ?? '{}')

/** The origin of the server that all tests share. Its rate limits are high. */
export const SHARED_SERVER = process.env.TASKWARD_E2E_URL ?? ''

/** For further servers in tests that do not test throttling. All servers of the run count in one database. */
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
