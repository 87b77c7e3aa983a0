// npm run dev: set-up, and the development server in the foreground.

import { announce } from './setup/announce.ts'
import { prepare } from './setup/prepare.ts'
import { runNext } from './setup/run-tool.ts'

const { port, variables } = await prepare('development')

void announce(port, variables)
// Next.js would kill the server after 0.1 s, before it has closed the database.
process.exit(
  await runNext('development', ['dev', '--port', port], { PORT: port, NEXT_EXIT_TIMEOUT_MS: '5000' }),
)
