import { dropBlankVariables, type Mode, requireEnvironment, type Variables } from './environment.ts'
import { fail } from './fail.ts'
import { findPort } from './port.ts'
import { root } from './root.ts'
import { setUp } from './setup.ts'

/** Ends the process if the port is taken or a secret is missing. @returns the variables as the server reads them */
export async function prepare(mode: Mode): Promise<{ port: string; variables: Variables }> {
  process.chdir(root)
  dropBlankVariables()
  const port = await findPort(requireEnvironment(mode).PORT)
  if (!port.ok) fail(port.error.text)
  const secrets = await setUp(mode)
  if (!secrets.ok) fail(secrets.error.text)
  return { port: String(port.value), variables: secrets.value }
}
