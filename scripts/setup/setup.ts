import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { err, ok, type Result } from '#lib/result.ts'
import { addToEnvFile } from './env-file.ts'
import { type Mode, readEnvironment, type Variables } from './environment.ts'
import type { CommandFailure } from './fail.ts'
import { findPasswords } from './find-passwords.ts'
import { withLock } from './lock.mjs'
import { root } from './root.ts'

const SECRETS = ['JWT_SECRET', 'PASSWORD_PEPPER', 'AUDIT_SEAL_SECRET'] as const
const SECRET_BYTES = 32

type SetUpFailure = CommandFailure<'SECRETS_MISSING' | 'PEPPER_LOST' | 'DATABASE_UNREADABLE'>

/** Stores new secrets in `.env.local`. @returns the variables of the server */
export async function setUp(mode: Mode, folder = root): Promise<Result<Variables, SetUpFailure>> {
  return withLock(
    join(folder, '.data', 'setup.lock'),
    () => addMissingSecrets(mode, folder),
    () => {},
  )
}

async function addMissingSecrets(mode: Mode, folder: string): Promise<Result<Variables, SetUpFailure>> {
  const variables = readEnvironment(mode, folder)
  const missing = SECRETS.filter((name) => variables[name] === undefined)
  if (missing.length === 0) return ok(variables)

  // A production server with a remote database must keep its secrets outside this folder.
  if (mode === 'production' && variables.DATABASE_URL) {
    return err({ code: 'SECRETS_MISSING', text: mustBeSet(missing) })
  }

  if (missing.includes('PASSWORD_PEPPER')) {
    const holder = await findPasswords(folder, variables.DATABASE_URL)
    if (!holder.ok) return holder
    if (holder.value) return err({ code: 'PEPPER_LOST', text: pepperIsLost(holder.value) })
  }
  const secrets = Object.fromEntries(missing.map((name) => [name, newSecret()]))
  addToEnvFile(join(folder, '.env.local'), secrets)
  console.log(`Made ${missing.join(', ')} and wrote them to .env.local.`)
  return ok({ ...variables, ...secrets })
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

function mustBeSet(names: string[]): string {
  const command = `node -p "crypto.randomBytes(${SECRET_BYTES}).toString('base64url')"`
  const [is, one] = names.length === 1 ? ['is', 'it'] : ['are', 'each of them']
  return `${names.join(', ')} ${is} not set, which a start with DATABASE_URL needs: set ${one} to a value made with: ${command}`
}

function pepperIsLost(holder: string): string {
  return `PASSWORD_PEPPER is not set, but ${holder} holds passwords that no other value can verify: set the value it had (it was in .env.local), or start with an empty database.`
}
