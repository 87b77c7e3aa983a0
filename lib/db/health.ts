import { setTimeout as sleep } from 'node:timers/promises'
import { sqlStateOf } from './away.ts'
import { db } from './client.ts'
import { migrationNames } from './migration-list.ts'

const PATIENCE_MS = 1500

export type DatabaseHealth = 'ok' | 'unreachable' | 'not migrated'

/** Whether the database answers within a second and a half, and has all migrations. */
export async function databaseHealth(): Promise<DatabaseHealth> {
  const giveUp = new AbortController()
  const tooLate = sleep(PATIENCE_MS, 'unreachable' as const, { signal: giveUp.signal, ref: false })
  try {
    return await Promise.race([look(), tooLate])
  } finally {
    giveUp.abort()
    tooLate.catch(() => {})
  }
}

async function look(): Promise<DatabaseHealth> {
  try {
    const rows = await db().$queryRaw<{ migration_name: string }[]>`
      SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
    const applied = new Set(rows.map((row) => row.migration_name))
    const names = await migrationNames()
    return names.every((name) => applied.has(name)) ? 'ok' : 'not migrated'
  } catch (error) {
    // 42P01: there is no history of migrations yet. Whatever else fails a query as plain as this one is the database.
    return sqlStateOf(error) === '42P01' ? 'not migrated' : 'unreachable'
  }
}
