import pg from 'pg'
import { takeConnectionLock } from '../locks.ts'
import { tryToWrite } from '../try-to-write.ts'
import { migrationNames, readMigrationList } from './migration-list.ts'

type Queryable = Pick<pg.Client, 'query'>

/**
 * Brings the database at `url` up to date and returns the names of the migrations that it applied. Safe to run from
 * several processes at once; when nothing is to be done it costs two small queries. Throws when a migration fails.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  await client.connect()
  try {
    if ((await pendingMigrations(client)).length === 0) return []
    // The engine's errors have no SQLSTATE that would tell a standby, which may be promoted, from a mistake.
    await tryToWrite(client)
    // Held by this connection: a process that dies lets go of it.
    await takeConnectionLock(client, 'migrations')
    if ((await pendingMigrations(client)).length === 0) return []
    await forgetFailures(client)
    return await applyAll(url)
  } finally {
    await client.end()
  }
}

/** The names of the migrations that the database has not seen, or has not seen finished. */
export async function pendingMigrations(client: Queryable): Promise<string[]> {
  const names = await migrationNames()
  const applied = await appliedMigrations(client)
  return names.filter((name) => !applied.has(name))
}

async function hasHistory(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  )
  return rows[0]?.exists ?? false
}

async function appliedMigrations(client: Queryable): Promise<Set<string>> {
  if (!(await hasHistory(client))) return new Set()
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Set(rows.map((row) => row.migration_name))
}

/**
 * A migration is one transaction (schema-engine-adapters.ts): one that failed, or whose process died, left nothing
 * behind, and may be tried again. The engine would wait for `prisma migrate resolve`.
 */
async function forgetFailures(client: Queryable): Promise<void> {
  if (!(await hasHistory(client))) return
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  )
}

async function applyAll(url: string): Promise<string[]> {
  // Two megabytes of WebAssembly, which a start without news never loads.
  const { NO_FILTERS, withSchemaEngine } = await import('./schema-engine.ts')
  const migrationsList = await readMigrationList()
  const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
  )
  return appliedMigrationNames
}
