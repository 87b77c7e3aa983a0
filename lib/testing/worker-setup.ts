import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeEach, inject, vi } from 'vitest'
import { databaseState } from '#lib/db/state.ts'

function secret(): string {
  return randomBytes(32).toString('base64url')
}

const worker = Number(process.env.VITEST_POOL_ID ?? 1)
resetProcess()

// Before any code of the application reads its environment.
Object.assign(process.env, {
  DATABASE_URL: inject('databaseUrls')[worker - 1],
  JWT_SECRET: secret(),
  PASSWORD_PEPPER: secret(),
  AUDIT_SEAL_SECRET: secret(),
  BCRYPT_COST: '4',
  // A busy machine is no failure.
  PASSWORD_WAIT_SECONDS: '60',
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
  const { client } = databaseState()
  await client?.prisma.$disconnect()
  await Promise.all([client?.pool.end(), client?.checkPool.end()])
})

/** Most test files share a process (vitest.config.ts): each starts with the first one's environment, and new modules. */
function resetProcess(): void {
  const shared = globalThis as Record<symbol, unknown>
  const kept = Symbol.for('test environment')
  shared[kept] ??= { ...process.env }
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, shared[kept])
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (Symbol.keyFor(key)?.startsWith('taskward.')) delete shared[key]
  }
  vi.resetModules()
}
