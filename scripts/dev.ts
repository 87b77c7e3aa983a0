// npm run dev: set-up, and the development server in the foreground.

import { announce } from './announce.ts'
import { prepare } from './prepare.ts'
import { runNext } from './run-tool.ts'

const { port } = await prepare('development')

void announce(port)
process.exit(await runNext('development', ['dev', '--port', port], { PORT: port }))
