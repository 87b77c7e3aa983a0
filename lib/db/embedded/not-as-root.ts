import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, lchownSync, lstatSync, openSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { ClusterFiles } from './cluster.ts'

/** How to run PostgreSQL, which refuses to run as root. */
export type Identity = {
  /** Precedes the program on the command line. */
  prefix: string[]
  ids: { uid?: number; gid?: number }
  /** The required owner of the server's files, or null to leave it. */
  owner: number | null
}

const ROOT = 0
const NOBODY = 65534

const AS_WE_ARE: Identity = { prefix: [], ids: {}, owner: null }
const AS_NOBODY: Identity = { prefix: [], ids: { uid: NOBODY, gid: NOBODY }, owner: NOBODY }
/** In a user namespace: root to the rest of the machine, but without root's rights. */
const IN_NAMESPACE: Identity = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  ids: {},
  owner: ROOT,
}

/** Root starts the server as `nobody`, or in a user namespace if `nobody` cannot reach its files. Throws an error of one line. */
export function identityFor(folder: string, program: string): Identity {
  if (process.getuid?.() !== ROOT) return AS_WE_ARE
  if (reaches([program, '--version']) && reaches(['test', '-x', path.dirname(folder)])) return AS_NOBODY
  if (succeeds([...IN_NAMESPACE.prefix, 'true'], {})) return IN_NAMESPACE
  throw new Error(
    `PostgreSQL cannot run as root, and the user nobody cannot reach ${folder}: start as another user, or set DATABASE_URL.`,
  )
}

export function identityOf({ data }: ClusterFiles): Identity {
  if (process.getuid?.() !== ROOT) return AS_WE_ARE
  return lstatSync(data, { throwIfNoEntry: false })?.uid === NOBODY ? AS_NOBODY : IN_NAMESPACE
}

/** Root keeps folder, passwords and port, so that the server can neither read nor replace them. */
export function handOver(files: ClusterFiles, { owner }: Identity): void {
  if (owner === null) return
  for (const file of [files.folder, files.password, files.administratorPassword, files.port]) give(file, ROOT)
  chmodSync(files.folder, owner === ROOT ? 0o700 : 0o711)
  closeSync(openSync(files.log, 'a', 0o600))
  give(files.log, owner)
  giveAll(files.data, owner)
}

/** Changes the folder last: its owner shows after a crash whether all files below are done. */
function giveAll(folder: string, owner: number): void {
  if (lstatSync(folder).uid === owner) return
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    give(path.join(folder, entry), owner)
  give(folder, owner)
}

function give(file: string, owner: number): void {
  if (existsSync(file)) lchownSync(file, owner, owner)
}

function reaches(command: string[]): boolean {
  return succeeds(command, AS_NOBODY.ids)
}

function succeeds([command = '', ...args]: string[], ids: Identity['ids']): boolean {
  return spawnSync(/* turbopackIgnore: true */ command, args, ids).status === 0
}
