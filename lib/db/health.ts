import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { causeOf, sqlStateOf } from './availability.ts'
import { checkPool } from './client.ts'
import { migrationNames } from './migrations/migration-list.ts'
import { MISSING_SETTINGS } from './session-settings.ts'
import type { DatabaseHealth, HealthReport } from './state.ts'
import { tryToWrite } from './try-to-write.ts'

const PATIENCE_MS = 1500
const SLICE_MS = 100

const BY_STATE: Record<string, DatabaseHealth> = {
  '25006': 'read-only',
  '53100': 'disk full',
  // There is no history of migrations yet.
  '42P01': 'not migrated',
}

const CHECK = `
  SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly",
    ARRAY(SELECT migration_name::text FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS applied,
    (SELECT string_agg(name, ' ') FROM ${MISSING_SETTINGS}) AS "missingSettings"`

type Answer = { isReadOnly: boolean; applied: string[]; missingSettings: string | null }

/** Checks for an answer within 1.5 s, all migrations and the session's settings. `writes` also writes: a full disk shows in no other way. */
export async function checkHealth({ writes = false } = {}): Promise<HealthReport> {
  const giveUp = new AbortController()
  try {
    return await Promise.race([check(writes), patience(giveUp.signal)])
  } finally {
    giveUp.abort()
  }
}

/** For errors that `isDatabaseUnavailable` accepts. */
export function reportOf(error: unknown): HealthReport {
  return { health: BY_STATE[sqlStateOf(error)] ?? 'unreachable', cause: causeOf(error) }
}

/** Waits in slices that count as 100 ms each: a longer one is a delay of this process, not of the database. */
async function patience(signal: AbortSignal): Promise<HealthReport> {
  for (let waited = 0; waited < PATIENCE_MS && !signal.aborted; waited += SLICE_MS) {
    await sleep(SLICE_MS, undefined, { signal, ref: false }).catch(() => {})
  }
  // The answer may have arrived without being read yet.
  await immediate()
  return { health: 'unreachable', cause: 'no answer' }
}

async function check(writes: boolean): Promise<HealthReport> {
  try {
    return await withConnection(async (client) => {
      const { rows } = await client.query<Answer>(CHECK)
      if (rows[0]?.missingSettings) return { health: 'wrong settings', cause: rows[0].missingSettings }
      if (rows[0]?.isReadOnly) return { health: 'read-only', cause: '25006' }
      const applied = new Set(rows[0]?.applied)
      const isMigrated = (await migrationNames()).every((name) => applied.has(name))
      if (!isMigrated) return { health: 'not migrated', cause: 'not migrated' }
      if (writes) await tryToWrite(client)
      return { health: 'ok', cause: '' }
    })
  } catch (error) {
    return reportOf(error)
  }
}

/** Closes the connection after a failed check: it may lead to a former primary or have been opened read-only. */
async function withConnection(work: (client: pg.PoolClient) => Promise<HealthReport>): Promise<HealthReport> {
  const client = await checkPool().connect()
  let isFine = false
  try {
    const report = await work(client)
    isFine = report.health === 'ok'
    return report
  } finally {
    client.release(!isFine)
  }
}
