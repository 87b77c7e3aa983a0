// npm start: set-up, a build if the sources changed, and the production server in the foreground.

import { announce } from './setup/announce.ts'
import { buildIfNeeded } from './setup/build.ts'
import { fail } from './setup/fail.ts'
import { prepare } from './setup/prepare.ts'
import { runNext } from './setup/run-tool.ts'
import { serverNodeOptions } from './setup/server-node-options.ts'

const { port, variables } = await prepare('production')
if (!(await buildIfNeeded())) fail('The build failed (see above).')

void announce(port, variables)
const settings = { PORT: port, NODE_OPTIONS: serverNodeOptions() }
process.exit(await runNext('production', ['start', '--port', port], settings))
