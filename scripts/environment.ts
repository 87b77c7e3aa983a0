import nextEnv from '@next/env'
import { root } from './root.ts'

export type Mode = 'production' | 'development'
export type Variables = Record<string, string | undefined>

/** The variables as the server will see them: the environment first, then the `.env` files in Next.js's order. */
export function readEnvironment(mode: Mode, folder = root): Variables {
  const { combinedEnv } = nextEnv.loadEnvConfig(folder, mode === 'development', console, true)
  const variables = Object.entries(combinedEnv).filter(([, value]) => value?.trim())
  // The server reads the files itself; secrets need not travel through the environment as well.
  nextEnv.resetEnv()
  return Object.fromEntries(variables)
}

/** Blank counts as not set, but a blank variable would keep the server from seeing the value that a file has. */
export function dropBlankVariables(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (!value?.trim()) delete process.env[name]
  }
}
