import { VARIABLES } from '#lib/env/node.ts'

/** Removes every setting from this process, so that tests neither depend on a developer's settings nor touch their database. */
export function forgetSettings(): void {
  for (const name of VARIABLES) delete process.env[name]
}

/** All settings blank, which counts as not set and keeps `.env` files from setting them. */
export function blankSettings(): Record<string, string> {
  return Object.fromEntries(VARIABLES.map((name) => [name, '']))
}
