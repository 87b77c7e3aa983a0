import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeEach, inject } from 'vitest'
import { databaseState } from '#lib/db/state.ts'

function secret(): string {
  return randomBytes(32).toString('base64url')
}

const worker = Number(process.env.VITEST_POOL_ID ?? 1)

// Before any code of the application reads its environment.
Object.assign(process.env, {
  DATABASE_URL: inject('databaseUrls')[worker - 1],
  JWT_SECRET: secret(),
  PASSWORD_PEPPER: secret(),
  AUDIT_SEAL_SECRET: secret(),
  BCRYPT_COST: '4',
  LOG_LEVEL: 'silent',
})
databaseState().migrated = true

let complaints: string[] = []

// An error on the console that no test asked for is a failure; a test that expects one replaces console.error itself.
beforeEach(() => {
  complaints = []
  console.error = (...parts: unknown[]) => complaints.push(parts.map(String).join(' '))
})

afterEach(() => {
  if (complaints.length > 0) throw new Error(`Unexpected console.error: ${complaints.join('\n')}`)
})

afterAll(async () => {
  await databaseState().client?.prisma.$disconnect()
})
