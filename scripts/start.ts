// npm start: set-up, a build if the sources changed, and the production server in the foreground.

import { announce } from './setup/announce.ts'
import { buildIfNeeded } from './setup/build.ts'
import { requireConcurrency } from './setup/environment.ts'
import { fail } from './setup/fail.ts'
import { prepare } from './setup/prepare.ts'
import { runServer } from './setup/run-tool.ts'

const { port, variables } = await prepare('production')
const processes = requireConcurrency(variables)
if (!(await buildIfNeeded())) fail('The build failed (see above).')

void announce(port, variables)
process.exit(await runServer(port, processes))
