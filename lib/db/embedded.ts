import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { clusterFiles, createCluster } from './embedded-cluster.ts'
import { lastComplaint, launchServer, stopServer } from './embedded-server.ts'
import { isAlive, readPostmaster } from './postmaster.ts'
import { applicationName, databaseState } from './state.ts'

const DATABASE = 'taskward'
const ATTEMPTS = 3
const PATIENCE_SECONDS = 60
/** Connections that only count the users are no users. */
const INSPECTOR = 'taskward inspector'

type Server = {
  /** Everything that belongs to the server lies below it. */
  folder?: string
  /** For postgresql.conf, when the server is made. */
  settings?: Record<string, string>
}

/** `.data/postgres` in the project, where `next` and the npm scripts run. */
function projectFolder(): string {
  return path.join(/* turbopackIgnore: true */ process.cwd(), '.data', 'postgres')
}

/**
 * Starts the embedded PostgreSQL, or finds it running, and returns the URL of its database `taskward`. From then on
 * this process counts as a user of it, until `stopEmbeddedIfUnused` or its end. Throws one clear line on failure.
 */
export async function startEmbedded({ folder = projectFolder(), settings }: Server = {}): Promise<string> {
  await createCluster(folder, settings)
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

/** Stops the embedded PostgreSQL unless another process is connected to it: the last one turns off the light. */
export async function stopEmbeddedIfUnused({ folder = projectFolder() }: Server = {}): Promise<void> {
  await endLease(folder)
  const url = runningEmbeddedUrl({ folder })
  if (url && !(await hasOtherUsers(url))) await stopServer(folder)
}

/** The URL of the embedded database if its server runs, else null. */
export function runningEmbeddedUrl({ folder = projectFolder() }: Server = {}): string | null {
  const files = clusterFiles(folder)
  const postmaster = readPostmaster(files.data)
  if (!postmaster?.port || !isAlive(postmaster.pid)) return null
  const password = readFileSync(files.password, 'utf8').trim()
  return `postgresql://taskward:${password}@127.0.0.1:${postmaster.port}/${DATABASE}`
}

/** Whether this process is connected to the embedded server of `folder`. */
export function holdsLease({ folder = projectFolder() }: Server = {}): boolean {
  return databaseState().leases.has(folder)
}

/** A connection that stays open, because pools close theirs when they are idle. Null while the server does not answer. */
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
  try {
    await client.connect()
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '3D000') await createDatabase(url)
    return null
  }
  socket.unref()
  leases.set(folder, { client, socket })
  return url
}

/** This process no longer counts as a user of the server of `folder`. */
export async function endLease(folder: string): Promise<void> {
  const { leases } = databaseState()
  const lease = leases.get(folder)
  leases.delete(folder)
  lease?.socket.ref()
  await lease?.client.end()
}

async function createDatabase(url: string): Promise<void> {
  await inspect(url, async (client) => {
    try {
      await client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0`)
    } catch (error) {
      // 42P04, or 23505 at the same instant: another process was first.
      if (!(error instanceof pg.DatabaseError) || !/42P04|23505/.test(error.code ?? '')) throw error
    }
  })
}

async function hasOtherUsers(url: string): Promise<boolean> {
  return inspect(url, async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND application_name NOT IN ($1, $2) LIMIT 1`,
      [INSPECTOR, applicationName()],
    )
    return rowCount !== 0
  }).catch(() => false)
}

async function inspect<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const connectionString = url.replace(/[^/]+$/, 'postgres')
  const client = new pg.Client({
    connectionString,
    application_name: INSPECTOR,
    connectionTimeoutMillis: 3000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
