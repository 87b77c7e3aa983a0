import pg from 'pg'
import { takeConnectionLock } from '../locks.ts'
import { setTimesWithoutLimits } from '../session-settings.ts'
import { tryToWrite } from '../try-to-write.ts'
import { migrationNames, readMigrationList } from './migration-list.ts'

type Queryable = Pick<pg.Client, 'query'>

/** Applies pending migrations, one process at a time. Throws if one fails. @returns the names of those it applied */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  await client.connect()
  try {
    // The role's own timeouts are for requests: another process may migrate for longer.
    await setTimesWithoutLimits(client)
    if ((await pendingMigrations(client)).length === 0) return []
    // Throws for a standby, with an SQLSTATE that the engine's errors lack.
    await tryToWrite(client)
    await takeConnectionLock(client, 'migrations')
    if ((await pendingMigrations(client)).length === 0) return []
    await forgetFailures(client)
    return await applyAll(url)
  } finally {
    await client.end()
  }
}

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

/** A failed migration left nothing (schema-engine-adapters.ts), but the engine would wait for `prisma migrate resolve`. */
async function forgetFailures(client: Queryable): Promise<void> {
  if (!(await hasHistory(client))) return
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  )
}

async function applyAll(url: string): Promise<string[]> {
  // Loaded on demand: two megabytes of WebAssembly.
  const { NO_FILTERS, withSchemaEngine } = await import('./schema-engine.ts')
  const migrationsList = await readMigrationList()
  const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
  )
  return appliedMigrationNames
}
