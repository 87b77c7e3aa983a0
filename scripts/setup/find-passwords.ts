import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { err, ok, type Result } from '#lib/result.ts'
import type { CommandFailure } from './fail.ts'

const PATIENCE_MS = 5_000

/** The embedded database may not run: its folder counts. @returns the place, or null without passwords */
export async function findPasswords(
  folder: string,
  databaseUrl: string | undefined,
): Promise<Result<string | null, CommandFailure<'DATABASE_UNREADABLE'>>> {
  if (databaseUrl) return askDatabase(databaseUrl)
  return ok(existsSync(join(folder, '.data', 'postgres')) ? '.data/postgres' : null)
}

async function askDatabase(
  connectionString: string,
): Promise<Result<string | null, CommandFailure<'DATABASE_UNREADABLE'>>> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  try {
    await client.connect()
    const table = await client.query("SELECT to_regclass('passwords') IS NOT NULL AS exists")
    if (!table.rows[0]?.exists) return ok(null)
    const { rowCount } = await client.query('SELECT FROM passwords LIMIT 1')
    return ok(rowCount ? 'the database of DATABASE_URL' : null)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return err({
      code: 'DATABASE_UNREADABLE',
      text: `PASSWORD_PEPPER is not set, and the database of DATABASE_URL cannot be asked whether it has passwords: ${reason}`,
    })
  } finally {
    await client.end()
  }
}
