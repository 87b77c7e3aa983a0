import { readFileSync } from 'node:fs'
import pg from 'pg'
import { ADMINISTRATOR, clusterFiles } from './cluster.ts'
import { isAlive, readPostmaster } from './postmaster.ts'

const DATABASE = 'taskward'
/** The application's role: it owns its database, and has no right beyond it. */
export const ROLE = 'taskward'
/** Connections that only count or prepare are no users. */
export const INSPECTOR = 'taskward inspector'

/** SQLSTATE: it exists already, or, at the same instant, 23505: another process was first. */
const EXISTS = /^(42710|42P04|23505)$/

/** The URL of a role and a database of the server, if it runs and the role has a password; else null. */
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

/** Does something as the server's administrator. Throws if the server does not run, or is from before there was one. */
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

/** Makes the application's role, with the password of its file, and its database, as far as they are missing. */
export async function makeRoleAndDatabase(folder: string): Promise<void> {
  const { password } = clusterFiles(folder)
  await asAdministrator(folder, 'postgres', async (client) => {
    // Or a statement that fails is logged with its password.
    await client.query('SET log_min_error_statement = panic')
    await unlessExists(client.query(`CREATE ROLE ${ROLE} LOGIN`))
    await client.query(`ALTER ROLE ${ROLE} PASSWORD ${client.escapeLiteral(readPassword(password) ?? '')}`)
    await unlessExists(client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0 OWNER ${ROLE}`))
  })
    // A server that is starting or stopping: the caller tries again for a while, and the server's log has the reason.
    .catch(() => {})
}

async function unlessExists(query: Promise<unknown>): Promise<void> {
  await query.catch((error) => {
    if (!(error instanceof pg.DatabaseError) || !EXISTS.test(error.code ?? '')) throw error
  })
}
