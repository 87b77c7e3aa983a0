import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

const TESTS = [
  'lib/**/*.test.ts',
  'app/**/*.test.ts',
  'components/**/*.test.ts',
  'scripts/**/*.test.ts',
  'bench/{,load/}*.test.ts',
]

/** Tests that hook into Node, mock modules or stop databases. Each file gets a process of its own. */
const OWN_PROCESS = [
  'lib/boot/{drain,learn-own-origin,log-output}.test.ts',
  'lib/db/{availability,client,health,open-database,outage,prepared-read-pooled,transaction-pooling}.test.ts',
  'lib/db/{embedded,migrations}/*.test.ts',
  'lib/http/before-next/{admit,detect,drop-stalled,intercept,observe,pace,set-known}-*.test.ts',
  'lib/http/{action,flash-message,one-visitor.property}.test.ts',
  // Its listener keeps a connection to the database, which other files count.
  'lib/live/live.test.ts',
]

/** Generous: a busy machine is no failure. */
const TIMEOUTS = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } }

const everywhere = { setupFiles: 'lib/testing/worker-setup.ts', ...TIMEOUTS }

export default defineConfig({
  root,
  test: {
    globalSetup: 'lib/testing/global-setup.ts',
    pool: 'forks',
    maxWorkers: 4,
    projects: [
      { test: { ...everywhere, name: 'own process', include: OWN_PROCESS } },
      {
        test: { ...everywhere, name: 'shared process', include: TESTS, exclude: OWN_PROCESS, isolate: false },
      },
    ],
  },
})
