import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { connectForCheck } from './connect-for-check.ts'
import { MISSING_SETTINGS } from './session-settings.ts'

/** As many as one process uses at the same time (client.ts). */
const SESSIONS = 10
const MAX_KEY = 2 ** 31 - 1
const BY_STATEMENT = /^transaction blocks not allowed in statement pooling mode/

type Urls = { url: string; directUrl: string }

/** Throws one line unless the sessions behind `url` have transactions, all settings, and the database of `directUrl`. */
export async function checkPooler({ url, directUrl }: Urls): Promise<void> {
  const pooled = await connectForCheck(url, 'DATABASE_URL')
  try {
    await requireTransactions(pooled)
    await requireSettings(url)
    await requireOneDatabase(pooled, directUrl)
  } finally {
    await pooled.end()
  }
}

/** PgBouncer reports statement mode by the SQLSTATE of an outage. */
async function requireTransactions(pooled: pg.Client): Promise<void> {
  try {
    await pooled.query('BEGIN')
  } catch (error) {
    if (!(error instanceof Error && BY_STATEMENT.test(error.message))) throw error
    throw new Error(
      'DATABASE_URL leads to a pooler in statement mode, which has no transactions: set pool_mode = transaction for its database.',
    )
  }
  await pooled.query('ROLLBACK')
}

/** Checks many of the pooler's sessions: those from before a change of the defaults keep the former ones. */
async function requireSettings(url: string): Promise<void> {
  const lists = await Promise.all(Array.from({ length: SESSIONS }, () => commandsForMissingSettings(url)))
  const commands = [...new Set(lists.flat())].sort()
  if (commands.length === 0) return
  throw new Error(
    `DATABASE_URL leads to sessions without the settings that a pooler in transaction mode cannot keep: run ${commands.join(' ')} Then close the pooler's connections (RECONNECT in PgBouncer's console) and start again.`,
  )
}

/** Takes a session for long enough that parallel calls get others. */
async function commandsForMissingSettings(url: string): Promise<string[]> {
  const pooled = await connectForCheck(url, 'DATABASE_URL')
  try {
    const { rows } = await pooled.query<{ commands: string[] }>(
      `SELECT ARRAY(
         SELECT format('ALTER ROLE %I IN DATABASE %I SET %s = %L;', session_user, current_database(), name, value)
         FROM ${MISSING_SETTINGS}) AS commands, pg_sleep(0.02)::text`,
    )
    return rows[0]?.commands ?? []
  } finally {
    await pooled.end()
  }
}

/** A lock that one session holds is taken for another one in the same database only. */
async function requireOneDatabase(pooled: pg.Client, directUrl: string): Promise<void> {
  const key = [randomInt(MAX_KEY), randomInt(MAX_KEY)]
  const direct = await connectForCheck(directUrl, 'DATABASE_DIRECT_URL')
  try {
    await direct.query('SELECT pg_advisory_lock($1, $2)', key)
    const { rows } = await pooled.query<{ isFree: boolean }>(
      'SELECT pg_try_advisory_xact_lock($1, $2) AS "isFree"',
      key,
    )
    if (!rows[0]?.isFree) return
    throw new Error(
      'DATABASE_DIRECT_URL leads to another database than DATABASE_URL: name the one that the pooler connects to.',
    )
  } finally {
    await direct.end()
  }
}
