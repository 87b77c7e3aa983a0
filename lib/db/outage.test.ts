import { chown, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '#lib/testing/postgres-server.ts'
import { DatabaseUnavailable } from './availability.ts'
import { checkPool, closeDb, db } from './client.ts'
import { clusterFiles } from './embedded/cluster.ts'
import { administratorUrl } from './embedded/embedded.ts'
import { launchServer, stopServer } from './embedded/server.ts'
import { openDatabase } from './open-database.ts'
import { currentHealth, isOutage, noteDatabaseError, watchDatabase } from './outage.ts'
import { databaseState } from './state.ts'

const SECONDS = { timeout: 10_000 }

let server: TestServer
let reports: (string | null)[] = []

beforeAll(async () => {
  server = await startTestServer()
  process.env.DATABASE_URL = server.url
  databaseState().reportOutage = (cause) => reports.push(cause)
  await openDatabase(
    async () => {},
    () => {},
  )
})

beforeEach(() => {
  reports = []
})

afterAll(async () => {
  databaseState().closing = true
  await closeDb()
  await server.stop()
})

async function administer(...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: administratorUrl(server) ?? '' })
  await admin.connect()
  for (const statement of statements) await admin.query(statement)
  await admin.end()
}

const health = () => databaseState().health

async function failureOfWrite(): Promise<unknown> {
  try {
    await db().throttleBucket.deleteMany()
  } catch (error) {
    return error
  }
  throw new Error('The write succeeded.')
}

/** The file belongs to the user that the server runs as. */
async function becomeStandby(data: string): Promise<void> {
  const signal = path.join(data, 'standby.signal')
  await writeFile(signal, '')
  const { uid, gid } = await stat(data)
  await chown(signal, uid, gid)
}

test('reports no outage while all connections of the pool are busy', async () => {
  await db().user.count()
  const pool = databaseState().client?.pool
  const held = await Promise.all(Array.from({ length: 10 }, () => pool!.connect()))
  expect(await currentHealth()).toBe('ok')
  expect(await isOutage(new DatabaseUnavailable('No connection in time.'))).toBe(false)
  for (const connection of held) connection.release()
})

test('checks once for any number of simultaneous requests for /api/health', async () => {
  await closeDb()
  const answers = await Promise.all(Array.from({ length: 100 }, () => currentHealth()))
  expect(new Set(answers)).toEqual(new Set(['ok']))
  expect(checkPool().totalCount).toBe(1)
})

test('marks requests as soon as /api/health finds the database stopped', async () => {
  await stopServer(server.folder)
  expect(await currentHealth()).toBe('unreachable')
  // No other check runs yet.
  await expect.poll(health, SECONDS).toBe('unreachable')
  await launchServer(server.folder)
  await expect.poll(health, SECONDS).toBe('ok')
})

test('reports a database that stops and starts again once each, without any request', async () => {
  void watchDatabase()
  expect(health()).toBe('ok')
  expect(await currentHealth()).toBe('ok')
  await stopServer(server.folder)
  await expect.poll(health, SECONDS).toBe('unreachable')
  expect(await currentHealth()).toBe('unreachable')
  expect(await isOutage(await failureOfWrite())).toBe(true)
  await launchServer(server.folder)
  await expect.poll(health, SECONDS).toBe('ok')
  expect(await currentHealth()).toBe('ok')
  expect(reports).toEqual([expect.stringMatching(/^\w+$/), null])
})

test('reports no outage for one failed statement of a request or a job', async () => {
  const slow = await db()
    .$transaction([
      db().$executeRaw`SET LOCAL statement_timeout = 10`,
      db().$queryRaw`SELECT pg_sleep(1)::text`,
    ])
    .catch((error: unknown) => error)
  expect(noteDatabaseError(slow)).toBe(true)
  expect(await isOutage(slow)).toBe(false)
  expect(await isOutage(new TypeError('x is not a function'))).toBe(false)
  expect(health()).toBe('ok')
  expect(reports).toEqual([])
})

test('stays unavailable with a full disk until a write succeeds, though reads succeed', async () => {
  await administer(
    `CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$`,
    `CREATE FUNCTION fill_disk_of_tables() RETURNS event_trigger LANGUAGE plpgsql AS
       $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$`,
    'CREATE TRIGGER full_disk BEFORE DELETE ON throttle_buckets EXECUTE FUNCTION fill_disk()',
    'CREATE EVENT TRIGGER full_disk ON ddl_command_start EXECUTE FUNCTION fill_disk_of_tables()',
  )
  expect(noteDatabaseError(await failureOfWrite())).toBe(true)
  await expect.poll(health, SECONDS).toBe('disk full')
  // Longer than the pause between checks: none of them may take a successful read for a recovery.
  await sleep(1500)
  expect(await currentHealth()).toBe('disk full')
  expect(reports).toEqual(['53100'])
  await administer('DROP EVENT TRIGGER full_disk', 'DROP TRIGGER full_disk ON throttle_buckets')
  await expect.poll(health, SECONDS).toBe('ok')
  await db().throttleBucket.deleteMany()
  expect(reports).toEqual(['53100', null])
})

test('reports a standby as read-only until it is promoted', async () => {
  await closeDb()
  await stopServer(server.folder)
  await becomeStandby(clusterFiles(server.folder).data)
  await launchServer(server.folder)
  await expect.poll(health, SECONDS).toBe('read-only')
  expect(await currentHealth()).toBe('read-only')
  expect(await isOutage(await failureOfWrite())).toBe(true)
  await administer('SELECT pg_promote()')
  await expect.poll(health, SECONDS).toBe('ok')
  await db().throttleBucket.deleteMany()
})
