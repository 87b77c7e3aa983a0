import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '#lib/testing/postgres-server.ts'
import { closeDb } from './client.ts'
import { clusterFiles } from './embedded/cluster.ts'
import { administratorUrl } from './embedded/embedded.ts'
import { readPostmaster } from './embedded/postmaster.ts'
import { stopServer } from './embedded/server.ts'
import { checkHealth } from './health.ts'
import { migrate } from './migrations/migrate.ts'

let server: TestServer
let admin: pg.Client

beforeAll(async () => {
  server = await startTestServer()
  process.env.DATABASE_URL = server.url
  admin = new pg.Client({ connectionString: administratorUrl(server) ?? '' })
  admin.on('error', () => {})
  await admin.connect()
})

afterAll(async () => {
  await closeDb()
  await admin.end()
  await server.stop()
})

test('reports an empty database as not migrated, and a migrated one as ok', async () => {
  expect(await checkHealth()).toEqual({ health: 'not migrated', cause: '42P01' })
  await migrate(server.url)
  expect(await checkHealth()).toEqual({ health: 'ok', cause: '' })
  expect(await checkHealth({ writes: true })).toEqual({ health: 'ok', cause: '' })
})

test('detects a server that becomes read-only, on open connections too', async () => {
  await admin.query('ALTER SYSTEM SET default_transaction_read_only = on')
  await admin.query('SELECT pg_reload_conf()')
  await expect.poll(() => checkHealth()).toEqual({ health: 'read-only', cause: '25006' })
  await admin.query('SET default_transaction_read_only = off')
  await admin.query('ALTER SYSTEM RESET default_transaction_read_only')
  await admin.query('SELECT pg_reload_conf()')
  await expect.poll(() => checkHealth()).toEqual({ health: 'ok', cause: '' })
})

test('drops a connection that was opened read-only, so that the next check sees the end of it', async () => {
  await closeDb()
  await admin.query('ALTER DATABASE taskward SET default_transaction_read_only = on')
  expect(await checkHealth()).toEqual({ health: 'read-only', cause: '25006' })
  await admin.query('ALTER DATABASE taskward RESET default_transaction_read_only')
  expect(await checkHealth()).toEqual({ health: 'ok', cause: '' })
})

test('detects a full disk only by writing, and leaves no broken connection behind', async () => {
  // The error of a server that cannot extend a file. Filling a real disk needs the rights of root.
  await admin.query(`
    CREATE FUNCTION fill_disk() RETURNS event_trigger LANGUAGE plpgsql AS
      $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$;
    CREATE EVENT TRIGGER full_disk ON ddl_command_start EXECUTE FUNCTION fill_disk()`)
  expect(await checkHealth({ writes: true })).toEqual({ health: 'disk full', cause: '53100' })
  expect(await checkHealth()).toEqual({ health: 'ok', cause: '' })
  await admin.query('DROP EVENT TRIGGER full_disk')
  expect(await checkHealth({ writes: true })).toEqual({ health: 'ok', cause: '' })
})

test('ignores a test write that the role has no right to make', async () => {
  await admin.query('REVOKE TEMPORARY ON DATABASE taskward FROM PUBLIC, taskward')
  expect(await checkHealth({ writes: true })).toEqual({ health: 'ok', cause: '' })
  expect(await checkHealth()).toEqual({ health: 'ok', cause: '' })
  await admin.query('GRANT TEMPORARY ON DATABASE taskward TO PUBLIC, taskward')
})

test('reports a database that hangs as unreachable, without hanging itself', async () => {
  await closeDb()
  const pid = readPostmaster(clusterFiles(server.folder).data)?.pid ?? 0
  process.kill(pid, 'SIGSTOP')
  const startedAt = Date.now()
  expect(await checkHealth()).toEqual({ health: 'unreachable', cause: 'no answer' })
  expect(Date.now() - startedAt).toBeLessThan(10_000)
  process.kill(pid, 'SIGCONT')
})

test('reports a database as ok while this process itself is busy', async () => {
  await closeDb()
  const until = (end: number) => {
    while (performance.now() < end);
  }
  const load = setInterval(() => until(performance.now() + 400))
  expect(await checkHealth()).toEqual({ health: 'ok', cause: '' })
  clearInterval(load)
})

test('reports a stopped database as unreachable', async () => {
  await closeDb()
  await stopServer(server.folder)
  expect(await checkHealth()).toEqual({ health: 'unreachable', cause: 'ECONNREFUSED' })
})
