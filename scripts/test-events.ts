// npm run test:events [-- <count>]: every list and chart of events, tried on so many events (ten million without a count).

import { fail } from './setup/fail.ts'
import { root, tools } from './setup/root.ts'
import { runTool } from './setup/run-tool.ts'

const count = process.argv[2] ?? '10000000'
if (!/^[1-9]\d{0,8}$/.test(count)) fail('Use: npm run test:events -- <how many events>')
process.chdir(root)
const test = ['run', '--config', 'lib/testing/vitest.config.ts', 'lib/audit/many-events.test.ts']
process.exit(await runTool([tools.vitest, ...test, '--reporter', 'verbose'], { TASKWARD_EVENTS: count }))
