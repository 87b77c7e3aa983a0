import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { isDatabaseUnavailable } from '../availability.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { migrationNames } from './migration-list.ts'
import { migrationScript } from './migration-script.ts'

let url: string
let client: pg.Client
let project: string
const root = process.cwd()

beforeEach(async () => {
  url = await createDatabase(inject('databaseUrls')[0] ?? '', `migrate_${crypto.randomUUID()}`)
  client = new pg.Client({ connectionString: url })
  await client.connect()
  project = await mkdtemp(path.join(tmpdir(), 'taskward-migrate-'))
  await cp('prisma', path.join(project, 'prisma'), { recursive: true })
  await cp('package.json', path.join(project, 'package.json'))
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'))
})

afterEach(async () => {
  process.chdir(root)
  await client.end()
  await rm(project, { recursive: true, force: true })
})

/** A copy of the project with one more migration; the functions under test then work there. */
async function addMigration(sql: string): Promise<string> {
  const name = '20990101000000_next'
  const folder = path.join(project, 'prisma', 'migrations', name)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'migration.sql'), sql)
  process.chdir(project)
  return name
}

test('applies every migration once to an empty database', async () => {
  expect(await migrate(url)).toEqual(await migrationNames())
  expect(await migrate(url)).toEqual([])
  expect(await pendingMigrations(client)).toEqual([])
})

test('lets one of several processes migrate while the others wait', async () => {
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)])
  expect(applied.flat()).toEqual(await migrationNames())
})

test('a migration that fails leaves nothing behind, and its corrected form applies', async () => {
  await migrate(url)
  const name = await addMigration(`CREATE TABLE half (id int); SELECT 'a;b'; SELECT nonsense`)
  await expect(migrate(url)).rejects.toThrow(/nonsense/)
  expect((await client.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }])
  await addMigration('CREATE TABLE half (id int)')
  expect(await migrate(url)).toEqual([name])
})

test('migrates a database with another time zone and date style', async () => {
  const { rows } = await client.query('SELECT current_database() AS name')
  await client.query(`ALTER DATABASE "${rows[0].name}" SET TimeZone = 'America/New_York'`)
  await client.query(`ALTER DATABASE "${rows[0].name}" SET DateStyle = 'SQL, DMY'`)
  await migrate(url)
  const name = await addMigration('CREATE TABLE more (id int)')
  expect(await migrate(url)).toEqual([name])
  const { rows: late } = await client.query(
    `SELECT FROM _prisma_migrations WHERE abs(extract(epoch FROM now() - finished_at)) > 600`,
  )
  expect(late).toEqual([])
})

test('a migration may take longer than the timeouts that its role has by default', async () => {
  const { rows } = await client.query('SELECT current_database() AS name')
  await client.query(`ALTER ROLE CURRENT_USER IN DATABASE "${rows[0].name}" SET statement_timeout = '300ms'`)
  const name = await addMigration('SELECT pg_sleep(0.6)')
  expect(await migrate(url)).toContain(name)
})

test('a read-only database without tables is an outage, until it accepts writes', async () => {
  const { rows } = await client.query('SELECT current_database() AS name')
  await client.query(`ALTER DATABASE "${rows[0].name}" SET default_transaction_read_only = on`)
  const failure = await migrate(url).catch((error: unknown) => error)
  expect(isDatabaseUnavailable(failure)).toBe(true)
  await client.query(`ALTER DATABASE "${rows[0].name}" RESET default_transaction_read_only`)
  expect(await migrate(url)).toEqual(await migrationNames())
})

test('a database that a newer version has migrated further is left alone', async () => {
  await migrate(url)
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '2099_newer', now())`,
  )
  expect(await migrate(url)).toEqual([])
})

test('the migrations written lead exactly to the schema', async () => {
  expect(await migrationScript(url)).toBe('')
  const { rows } = await client.query(
    `SELECT datname FROM pg_database WHERE datname LIKE 'taskward_scratch%'`,
  )
  expect(rows).toEqual([])
})
