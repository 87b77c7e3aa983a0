import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { hasPgBouncer, type Pooler, startPgBouncer } from '#lib/testing/pgbouncer.ts'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { closeDb, connectedClient, db } from './client.ts'
import { checkHealth } from './health.ts'
import { listen } from './listen.ts'
import { openDatabase } from './open-database.ts'
import { sqlTransaction } from './sql-transaction.ts'

const SERVER_CONNECTIONS = 3
const READERS = 10
const READS = 10

let pooler: Pooler | undefined
let direct: pg.Client

const start = () =>
  openDatabase(
    async () => {},
    (error) => {
      throw error
    },
  )

async function reconnect(): Promise<void> {
  const admin = new pg.Client({ connectionString: pooler?.consoleUrl ?? '' })
  await admin.connect()
  await admin.query('RECONNECT')
  await admin.end()
}

beforeAll(async () => {
  if (!hasPgBouncer()) return
  const url = await createDatabase(inject('databaseUrls')[0] ?? '', `pooled_${crypto.randomUUID()}`)
  pooler = await startPgBouncer(url, { serverConnections: SERVER_CONNECTIONS })
  direct = new pg.Client({ connectionString: url })
  await direct.connect()
  // Before the first query reads the environment.
  Object.assign(process.env, { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: url })
})

afterAll(async () => {
  await closeDb()
  await direct?.end()
  await pooler?.stop()
})

describe.runIf(hasPgBouncer())('behind PgBouncer in transaction mode', () => {
  test('a start without the defaults of the role fails with the commands that set them', async () => {
    const failure = await start().catch((error: Error) => error)
    const [, commands = ''] = /run (.*;) Then/.exec(failure?.message ?? '') ?? []
    expect(commands).toContain('statement_timeout')
    await direct.query(commands)
    await reconnect()
    await expect.poll(() => start().catch((error: Error) => error.message)).toBeUndefined()
  })

  test('the start has migrated over the direct connection, and the service is healthy', async () => {
    expect(await checkHealth({ writes: true })).toEqual({ health: 'ok', cause: '' })
    expect(await db().user.count()).toBe(0)
  })

  test('every query has its timeouts and UTC, whichever session serves it, and no prepared statement', async () => {
    const { pool, namesStatements } = connectedClient()
    expect(namesStatements).toBe(false)
    const read = async () => {
      const { rows } = await pool.query(
        `SELECT current_setting('statement_timeout') AS limit, current_setting('TimeZone') AS zone,
           pg_backend_pid() AS pid, pg_sleep($1)::text`,
        [0.01],
      )
      return rows[0] as { limit: string; zone: string; pid: number }
    }
    const answers: Awaited<ReturnType<typeof read>>[] = []
    const readAll = async () => {
      for (let i = 0; i < READS; i++) answers.push(await read())
    }
    await Promise.all(Array.from({ length: READERS }, readAll))
    expect(new Set(answers.map(({ limit, zone }) => `${limit} ${zone}`))).toEqual(new Set(['10s UTC']))
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(SERVER_CONNECTIONS)
  })

  test('a notification that a transaction sends through the pooler reaches the listener', async () => {
    let count = 0
    const end = new AbortController()
    const listening = listen('pooled', { onNotification: () => count++, signal: end.signal })
    // One for the beginning.
    await expect.poll(() => count).toBe(1)
    await sqlTransaction(async (tx) => tx.$executeRaw`SELECT pg_notify('pooled', '')`)
    await expect.poll(() => count).toBe(2)
    end.abort()
    await listening
  })

  test('reports the database as unavailable once a session lacks a setting', async () => {
    const { rows } = await direct.query('SELECT current_database() AS name')
    const change = (what: string) =>
      direct.query(`ALTER ROLE CURRENT_USER IN DATABASE "${rows[0].name}" ${what}`)
    await change('SET lock_timeout = 0')
    await reconnect()
    await expect.poll(() => checkHealth()).toEqual({ health: 'wrong settings', cause: 'lock_timeout' })
    await change(`SET lock_timeout = '5s'`)
    await reconnect()
    await expect.poll(() => checkHealth()).toEqual({ health: 'ok', cause: '' })
  })
})
