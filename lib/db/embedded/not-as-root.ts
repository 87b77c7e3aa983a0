import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, lchownSync, lstatSync, openSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { ClusterFiles } from './cluster.ts'

/** How to run a program of PostgreSQL, which refuses to run as root. */
export type Identity = {
  /** What stands before the program on the command line. */
  prefix: string[]
  /** Options of `spawn`. */
  ids: { uid?: number; gid?: number }
  /** Who has to own the server's files; null: they are as they are. */
  owner: number | null
}

const ROOT = 0
/** The customary user `nobody`. */
const NOBODY = 65534

const AS_WE_ARE: Identity = { prefix: [], ids: {}, owner: null }
const AS_NOBODY: Identity = { prefix: [], ids: { uid: NOBODY, gid: NOBODY }, owner: NOBODY }
/** Its processes are root's own to the rest of the machine, but without root's rights. */
const IN_NAMESPACE: Identity = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  ids: {},
  owner: ROOT,
}

/**
 * Who is to start, or to make, the server of `folder`. For root that is the user nobody; in a user namespace where that
 * user cannot reach the folder or the program, as below a home that only root may enter. Throws one clear line where
 * neither is possible.
 */
export function identityFor(folder: string, program: string): Identity {
  if (process.getuid?.() !== ROOT) return AS_WE_ARE
  if (reaches([program, '--version']) && reaches(['test', '-x', path.dirname(folder)])) return AS_NOBODY
  if (succeeds([...IN_NAMESPACE.prefix, 'true'], {})) return IN_NAMESPACE
  throw new Error(
    `PostgreSQL cannot run as root, and the user nobody cannot reach ${folder}: start as another user, or set DATABASE_URL.`,
  )
}

/** Who runs the server of these files: it must not lose them while it runs. */
export function identityOf({ data }: ClusterFiles): Identity {
  if (process.getuid?.() !== ROOT) return AS_WE_ARE
  return lstatSync(data, { throwIfNoEntry: false })?.uid === NOBODY ? AS_NOBODY : IN_NAMESPACE
}

/**
 * Gives a server that does not run the files that it needs: its data and its log. The folder, the passwords and the port
 * stay root's, so that the server can neither read them nor put links in their place.
 */
export function handOver(files: ClusterFiles, { owner }: Identity): void {
  if (owner === null) return
  for (const file of [files.folder, files.password, files.administratorPassword, files.port]) give(file, ROOT)
  chmodSync(files.folder, owner === ROOT ? 0o700 : 0o711)
  closeSync(openSync(files.log, 'a', 0o600))
  give(files.log, owner)
  giveAll(files.data, owner)
}

/** The folder itself comes last: where it has its owner, all below has, also after a crash. */
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
