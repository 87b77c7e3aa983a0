import { dropBlankVariables, type Mode, requireEnvironment, type Variables } from './environment.ts'
import { fail } from './fail.ts'
import { findPort } from './port.ts'
import { root } from './root.ts'
import { setUp } from './setup.ts'

/**
 * What start and dev have in common before anything runs: a free port, and the secrets. Ends the process on failure.
 * @returns the port, and the variables as the server will see them
 */
export async function prepare(mode: Mode): Promise<{ port: string; variables: Variables }> {
  process.chdir(root)
  dropBlankVariables()
  const port = await findPort(requireEnvironment(mode).PORT)
  if (!port.ok) fail(port.error)
  const secrets = await setUp(mode)
  if (!secrets.ok) fail(secrets.error)
  return { port: String(port.value), variables: secrets.value }
}
