import nextEnv from '@next/env'
import { readWebConcurrency } from '#lib/env/node.ts'
import { fail } from './fail.ts'
import { root } from './root.ts'

export type Mode = 'production' | 'development'
export type Variables = Record<string, string | undefined>

/** Next.js would ignore an unreadable file, and its secrets would count as not set. */
const logger = {
  info: () => {},
  error: (message: string, error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? error.code : error
    throw new Error(`${message} (${reason}): let this user read it, or remove it.`)
  },
}

/** The environment wins over the `.env` files, in Next.js's order. Throws one line for a file that cannot be read. */
export function readEnvironment(mode: Mode, folder = root): Variables {
  const { combinedEnv } = nextEnv.loadEnvConfig(folder, mode === 'development', logger, true)
  const variables = Object.entries(combinedEnv).filter(([, value]) => value?.trim())
  // The server reads the files itself; secrets need not travel through the environment as well.
  nextEnv.resetEnv()
  return Object.fromEntries(variables)
}

/** Ends a command with that line. */
export function requireEnvironment(mode: Mode, folder = root): Variables {
  try {
    return readEnvironment(mode, folder)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/** The number of server processes. Ends a command with a line for a value that is none. */
export function requireConcurrency(variables: Variables): number {
  try {
    return readWebConcurrency(variables)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/** For commands, which bypass a pooler: they may need a connection for longer than a transaction. */
export function connectDirectly(): void {
  const { DATABASE_DIRECT_URL: direct } = process.env
  if (direct) process.env.DATABASE_URL = direct
  delete process.env.DATABASE_DIRECT_URL
}

/** Blank counts as not set, but a blank variable would keep the server from seeing the value that a file has. */
export function dropBlankVariables(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (!value?.trim()) delete process.env[name]
  }
}
