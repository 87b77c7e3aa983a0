// npm start: set-up, a build if the sources changed, and the production server in the foreground.

import { announce } from './announce.ts'
import { buildIfNeeded } from './build.ts'
import { fail } from './fail.ts'
import { prepare } from './prepare.ts'
import { runNext } from './run-tool.ts'

const { port, variables } = await prepare('production')
if (!(await buildIfNeeded())) fail('The build failed (see above).')

void announce(port, variables)
process.exit(await runNext('production', ['start', '--port', port], { PORT: port }))
