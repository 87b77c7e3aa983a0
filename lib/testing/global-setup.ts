import type { TestProject } from 'vitest/node'
import { migrate } from '#lib/db/migrations/migrate.ts'
import { createDatabase, startTestServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The workers' databases; worker n has the n-th. */
    databaseUrls: string[]
  }
}

/** One server for the run, one migrated database per worker. */
export default async function setUp({ provide, vitest }: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  await migrate(await createDatabase(server.url, 'template'))
  const databaseUrls: string[] = []
  for (let worker = 1; worker <= vitest.config.maxWorkers; worker++) {
    databaseUrls.push(await createDatabase(server.url, `worker_${worker}`, 'template'))
  }
  provide('databaseUrls', databaseUrls)
  return server.stop
}
