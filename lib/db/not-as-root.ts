import { spawnSync } from 'node:child_process'
import { chownSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** How to run a program of PostgreSQL, which refuses to run as root. */
export type Identity = {
  /** What stands before the program on the command line. */
  prefix: string[]
  /** Options of `spawn`. */
  ids: { uid?: number; gid?: number }
  /** Whose the server's files have to be; null: they are what they are. */
  owner: number | null
}

const ROOT = 0
/** The customary user `nobody`. */
const NOBODY = 65534

/**
 * For root a user namespace is the better way: the files stay root's own, and a checkout below a folder that only root
 * may enter does no harm. Where that is forbidden: the user nobody.
 */
export function identity(): Identity {
  if (process.getuid?.() !== ROOT) return { prefix: [], ids: {}, owner: null }
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  if (succeeds([...prefix, 'true'], {})) return { prefix, ids: {}, owner: ROOT }
  return { prefix: [], ids: { uid: NOBODY, gid: NOBODY }, owner: NOBODY }
}

/** Gives the files below `folder` to whom `identity` names, and throws one clear line if that one cannot reach them. */
export function handOver(folder: string, program: string, { ids, owner }: Identity): void {
  if (owner === null) return
  if (statSync(folder).uid !== owner) {
    for (const entry of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
      chownSync(path.join(folder, entry), owner, owner)
    }
  }
  if (owner === ROOT || (succeeds([program, '--version'], ids) && succeeds(['ls', folder], ids))) return
  throw new Error(
    `PostgreSQL cannot run as root, and the user nobody cannot reach ${folder}: start as another user, or set DATABASE_URL.`,
  )
}

function succeeds([command = '', ...args]: string[], ids: Identity['ids']): boolean {
  return spawnSync(/* turbopackIgnore: true */ command, args, ids).status === 0
}
