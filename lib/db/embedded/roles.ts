import { readFileSync } from 'node:fs'
import pg from 'pg'
import { ADMINISTRATOR, clusterFiles } from './cluster.ts'
import { isAlive, readPostmaster } from './postmaster.ts'

const DATABASE = 'taskward'
/** The application's role. It owns its database and has no other rights. */
export const ROLE = 'taskward'
/** Marks connections that do not count as users of the server. */
export const INSPECTOR = 'taskward inspector'

/** SQLSTATE: the object exists, or another process created it at the same moment (23505). */
const EXISTS = /^(42710|42P04|23505)$/

/** Null if the server does not run or the role has no password. */
export function runningUrl(folder: string, role: string, database = DATABASE): string | null {
  const files = clusterFiles(folder)
  const postmaster = readPostmaster(files.data)
  if (!postmaster?.port || !isAlive(postmaster.pid)) return null
  const password = readPassword(role === ROLE ? files.password : files.administratorPassword)
  return password && `postgresql://${role}:${password}@127.0.0.1:${postmaster.port}/${database}`
}

export function readPassword(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/** Throws if the server does not run or is older than the administrator's role. */
export async function asAdministrator<T>(
  folder: string,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return connected(runningUrl(folder, ADMINISTRATOR, database), work)
}

export async function connected<T>(url: string | null, work: (client: pg.Client) => Promise<T>): Promise<T> {
  if (!url) throw new Error('The embedded PostgreSQL does not run, or has no such role.')
  const client = new pg.Client({
    connectionString: url,
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

export async function makeRoleAndDatabase(folder: string): Promise<void> {
  const { password } = clusterFiles(folder)
  await asAdministrator(folder, 'postgres', async (client) => {
    // Otherwise PostgreSQL logs a failed statement with its password.
    await client.query('SET log_min_error_statement = panic')
    await unlessExists(client.query(`CREATE ROLE ${ROLE} LOGIN`))
    await client.query(`ALTER ROLE ${ROLE} PASSWORD ${client.escapeLiteral(readPassword(password) ?? '')}`)
    await unlessExists(client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0 OWNER ${ROLE}`))
  })
    // The server is starting or stopping: the caller retries, and the server's log has the reason.
    .catch(() => {})
}

async function unlessExists(query: Promise<unknown>): Promise<void> {
  await query.catch((error) => {
    if (!(error instanceof pg.DatabaseError) || !EXISTS.test(error.code ?? '')) throw error
  })
}
