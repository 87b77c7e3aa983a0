import { randomBytes } from 'node:crypto'
import { chownSync, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { handOver, identityFor } from './not-as-root.ts'
import { binary, runPostgresTool } from './postgres-binaries.ts'
import { isAlive } from './postmaster.ts'

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** Owns the server and creates databases and roles. Requests never use it (decision 0026). */
export const ADMINISTRATOR = 'taskward_administrator'

export type ClusterFiles = ReturnType<typeof clusterFiles>

/** The files of one embedded server, below its folder. */
export function clusterFiles(folder: string) {
  // Otherwise the bundler copies files of the same names into a standalone build.
  const at = (name: string) => path.join(/* turbopackIgnore: true */ folder, name)
  return {
    folder,
    data: at('cluster'),
    /** Of the application's role. */
    password: at('password'),
    administratorPassword: at('administrator-password'),
    port: at('port'),
    log: at('server.log'),
  }
}

/** The rename at the end is atomic: a crash leaves no incomplete server, and the first of two processes wins. */
export async function createCluster(folder: string, settings: Record<string, string> = {}): Promise<void> {
  if (existsSync(folder)) return
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o711 })
  await removeAbandoned(folder)
  const draft = `${folder}.draft-${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(draft, { mode: 0o700 })
  try {
    await initialise(draft, settings)
    await rename(draft, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function initialise(draft: string, settings: Record<string, string>): Promise<void> {
  const files = clusterFiles(draft)
  const who = identityFor(draft, binary('initdb'))
  const initial = path.join(draft, 'initial-password')
  const password = newPassword()
  await writeFile(files.password, newPassword(), { mode: 0o600 })
  for (const file of [files.administratorPassword, initial]) await writeFile(file, password, { mode: 0o600 })
  await mkdir(files.data, { mode: 0o700 })
  handOver(files, who)
  if (who.owner !== null) chownSync(initial, who.owner, who.owner)
  const { code, output } = await runPostgresTool(
    'initdb',
    [
      ...['-D', files.data, '-U', ADMINISTRATOR, '--auth=scram-sha-256', `--pwfile=${initial}`],
      // Sorts and compares by code points, independent of the machine's locale.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => `--set=${name}=${value}`),
      ...(settings.fsync === 'off' ? ['--no-sync'] : []),
    ],
    who,
  )
  await rm(initial)
  if (code !== 0) throw new Error(`initdb failed: ${output.trim().split('\n').at(-1)}`)
}

/** 192 bits, without characters that URLs or SQL would quote. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

async function removeAbandoned(folder: string): Promise<void> {
  const parent = path.dirname(folder)
  for (const name of await readdir(parent)) {
    const [, pid] = /\.draft-(\d+)-/.exec(name) ?? []
    if (pid && name.startsWith(path.basename(folder)) && !isAlive(Number(pid))) {
      await rm(path.join(parent, name), { recursive: true, force: true })
    }
  }
}
