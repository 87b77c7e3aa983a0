// npm run bench [-- options]: measures Taskward and its peers (docs/performance.md).

import { randomUUID } from 'node:crypto'
import { BCRYPT_COST, PASSWORD_WAIT_SECONDS } from '#lib/auth/policy.ts'
import { createDatabase, startTestServer } from '#lib/testing/postgres-server.ts'
import { parseOptions } from '../bench/options.ts'
import { preparePeers } from '../bench/prepare-peers.ts'
import { runBenchmark } from '../bench/run.ts'
import { saveResults } from '../bench/save-results.ts'
import { buildIfNeeded } from './setup/build.ts'
import { fail } from './setup/fail.ts'
import { root } from './setup/root.ts'
import { forgetSettings } from './setup/settings.ts'

/** The lowest that bcrypt has. */
const LOWEST_COST = 4

const options = parseOptions(process.argv.slice(2))
if (!options.ok) fail(options.error.text)
process.chdir(root)
forgetSettings()
const { quick } = options.value
if (!(await buildIfNeeded())) fail('The build failed (see above).')
if (!quick) await preparePeers()

// With PostgreSQL's own settings for durability: every commit waits for the disk.
const server = quick ? await startTestServer() : await startTestServer({ max_connections: '200' })
// PostgreSQL has a session of its own: unlike the other processes it does not end with this one.
process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
try {
  const results = await runBenchmark(options.value, {
    createDatabase: () => createDatabase(server.url, `bench_${randomUUID()}`),
    bcryptCost: quick ? LOWEST_COST : BCRYPT_COST,
    // A smoke test takes its time on a busy machine.
    passwordWaitSeconds: quick ? 60 : PASSWORD_WAIT_SECONDS,
  })
  if (results.hasFailed) process.exitCode = 1
  if (options.value.save) saveResults(results, options.value)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await server.stop()
}
process.exit()

async function interrupt(): Promise<never> {
  await server.stop()
  process.exit(1)
}
