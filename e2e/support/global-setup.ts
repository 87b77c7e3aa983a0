import { randomBytes } from 'node:crypto'
import { startTestServer } from '#lib/testing/postgres-server.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { shareSettings, startServer } from './server.ts'

/** For tests that do not test throttling. */
export function generous(limits: object): string {
  return Object.keys(limits)
    .map((name) => `${name}=100000/60`)
    .join()
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Starts a database and a server for all tests. @returns a function that stops both */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const database = await startTestServer()
  shareSettings({
    DATABASE_URL: database.url,
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
    AUDIT_SEAL_SECRET: secret(),
    BCRYPT_COST: '4',
    // A busy machine is no failure.
    PASSWORD_WAIT_SECONDS: '60',
    TASKWARD_TEST: '1',
  })
  try {
    const server = await startServer({ RATE_LIMITS: generous(LIMITS) })
    process.env.TASKWARD_E2E_URL = server.url
    return async () => {
      await server.stop()
      await database.stop()
    }
  } catch (error) {
    await database.stop()
    throw error
  }
}
