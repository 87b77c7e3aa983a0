import { Socket } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { applicationName, databaseState } from '../state.ts'
import { ADMINISTRATOR, clusterFiles, createCluster } from './cluster.ts'
import { connected, INSPECTOR, makeRoleAndDatabase, ROLE, runningUrl } from './roles.ts'
import { lastComplaint, launchServer, stopServer } from './server.ts'
import { isSeparated, separateRoles } from './upgrade.ts'

const ATTEMPTS = 3
const PATIENCE_SECONDS = 60
/** SQLSTATE: no such role (or another password), no such database. */
const ABSENT = /^(28P01|3D000)$/
/** Errors of a folder that this process cannot write. */
const UNWRITABLE = /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|ENOTDIR|EEXIST)$/

type Server = {
  folder?: string
  /** For postgresql.conf of a new server. */
  settings?: Record<string, string>
}

function projectFolder(): string {
  return path.join(/* turbopackIgnore: true */ process.cwd(), '.data', 'postgres')
}

/** Starts the server unless it runs, and holds a connection to it. Throws an error of one line. @returns the database's URL */
export async function startEmbedded({ folder = projectFolder(), settings }: Server = {}): Promise<string> {
  await createCluster(folder, settings).catch((error: unknown) => {
    throw describeFolderProblem(error, folder) ?? error
  })
  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  let failures = 0
  while (Date.now() < deadline && failures < ATTEMPTS) {
    const url = await takeLease(folder)
    if (url) return url
    if (!(await launchServer(folder))) failures++
  }
  const log = clusterFiles(folder).log
  throw new Error(`The embedded PostgreSQL does not start: ${await lastComplaint(folder)} (see ${log})`)
}

function describeFolderProblem(error: unknown, folder: string): Error | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!UNWRITABLE.test(code)) return null
  return new Error(
    `The embedded PostgreSQL cannot be made in ${folder} (${code}): let this user write there, or set DATABASE_URL.`,
  )
}

/** Stops the embedded PostgreSQL unless another process is connected to it. */
export async function stopEmbeddedIfUnused({ folder = projectFolder() }: Server = {}): Promise<void> {
  await endLease(folder)
  const url = runningEmbeddedUrl({ folder })
  if (url && !(await hasOtherUsers(url))) await stopServer(folder)
}

/** The URL for the application's role, or null if the server does not run. */
export function runningEmbeddedUrl({ folder = projectFolder() }: Server = {}): string | null {
  return runningUrl(folder, ROLE)
}

/** The URL for the role that may create databases: for development and tests. */
export function administratorUrl({ folder = projectFolder() }: Server = {}): string | null {
  return runningUrl(folder, ADMINISTRATOR)
}

export function holdsLease({ folder = projectFolder() }: Server = {}): boolean {
  return databaseState().leases.has(folder)
}

/** Opens a connection that stays open, because pools close idle ones. Null while the server does not answer. */
async function takeLease(folder: string): Promise<string | null> {
  const url = runningEmbeddedUrl({ folder })
  if (!url || holdsLease({ folder })) return url
  const socket = new Socket()
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName(),
    connectionTimeoutMillis: 3000,
    stream: () => socket,
  })
  const { leases } = databaseState()
  client.on('error', () => {})
  client.on('end', () => leases.get(folder)?.client === client && leases.delete(folder))
  let isReady: boolean
  try {
    await client.connect()
    isReady = await isSeparated(client)
  } catch (error) {
    if (error instanceof pg.DatabaseError && ABSENT.test(error.code ?? '')) await makeRoleAndDatabase(folder)
    return null
  }
  if (!isReady) {
    await client.end()
    await separateRoles(folder)
    return null
  }
  socket.unref()
  leases.set(folder, { client, socket })
  return url
}

export async function endLease(folder: string): Promise<void> {
  const { leases } = databaseState()
  const lease = leases.get(folder)
  leases.delete(folder)
  lease?.socket.ref()
  await lease?.client.end()
}

async function hasOtherUsers(url: string): Promise<boolean> {
  return connected(url, async (client) => {
    // Clients are the connections with a database and a role.
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datid IS NOT NULL AND usesysid IS NOT NULL AND application_name NOT IN ($1, $2) LIMIT 1`,
      [INSPECTOR, applicationName()],
    )
    return rowCount !== 0
  }).catch(() => false)
}
