import { endWithNpm } from './end-with-npm.ts'
import { dropBlankVariables, type Mode, readEnvironment } from './environment.ts'
import { fail } from './fail.ts'
import { findPort } from './port.ts'
import { root } from './root.ts'
import { setUp } from './setup.ts'

/** What start and dev have in common before anything runs: a free port, and the secrets. Ends the process on failure. */
export async function prepare(mode: Mode): Promise<{ port: string }> {
  process.chdir(root)
  endWithNpm()
  dropBlankVariables()
  const port = await findPort(readEnvironment(mode).PORT)
  if (!port.ok) fail(port.error)
  const secrets = await setUp(mode)
  if (!secrets.ok) fail(secrets.error)
  return { port: String(port.value) }
}
