import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../migrations/migrate.ts'
import { clusterFiles } from './cluster.ts'
import {
  administratorUrl,
  endLease,
  runningEmbeddedUrl,
  startEmbedded,
  stopEmbeddedIfUnused,
} from './embedded.ts'
import { handOver, identityFor } from './not-as-root.ts'
import { binary, runPostgresTool } from './postgres-binaries.ts'
import { readPostmaster } from './postmaster.ts'
import { launchServer, stopServer } from './server.ts'
import { separateRoles } from './upgrade.ts'

const settings = { fsync: 'off' }
/** A busy machine takes seconds to make a server. */
const PATIENCE_MS = 60_000
let parent: string
let folder: string

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'taskward-roles-'))
  folder = path.join(parent, 'postgres')
})

afterEach(async () => {
  await endLease(folder)
  await stopServer(folder)
  await rm(parent, { recursive: true, force: true })
})

async function ask(url: string | null, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url ?? '' })
  await client.connect()
  try {
    const result: unknown = await client.query({ text: sql, rowMode: 'array' })
    return result instanceof pg.Result ? result.rows : []
  } finally {
    await client.end()
  }
}

const RIGHTS = `SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
                FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1`
const SEPARATED = [
  ['taskward', false],
  ['taskward_administrator', true],
]
/** All that the application's database holds, of which the administrator should own nothing. */
const STILL_OWNED = `
  SELECT classid::regclass::text, objid FROM pg_shdepend
  WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND deptype = 'o'
    AND refobjid <> 'taskward'::regrole`

/** As earlier versions made it: the application's role owns the server. */
async function startAsBefore(): Promise<string> {
  const files = clusterFiles(folder)
  await mkdir(files.data, { recursive: true, mode: 0o700 })
  const pwfile = path.join(parent, 'password')
  for (const file of [files.password, pwfile]) writeFileSync(file, 'password-of-before', { mode: 0o600 })
  const who = identityFor(folder, binary('initdb'))
  handOver(files, who)
  const args = ['-D', files.data, '-U', 'taskward', '--auth=scram-sha-256', `--pwfile=${pwfile}`, '--no-sync']
  const set = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  const { code } = await runPostgresTool('initdb', [...args, ...set.map((one) => `--set=${one}`)], who)
  expect(code).toBe(0)
  expect(await launchServer(folder)).toBe(true)
  const url = runningEmbeddedUrl({ folder }) ?? ''
  await ask(url.replace(/[^/]+$/, 'postgres'), 'CREATE DATABASE taskward TEMPLATE template0')
  return url
}

test(
  'limits the application’s role to its own database',
  async () => {
    const url = await startEmbedded({ folder, settings })
    expect(await ask(url, RIGHTS)).toEqual(SEPARATED)
    await migrate(url)
    await ask(url, 'CREATE EXTENSION hstore; CREATE SCHEMA own; DROP SCHEMA own')
    for (const refused of [
      "COPY (SELECT 1) TO PROGRAM 'true'",
      "SELECT pg_read_file('PG_VERSION')",
      'CREATE DATABASE another',
      'CREATE ROLE another',
      'ALTER ROLE taskward SUPERUSER',
      "SELECT lo_import('/etc/passwd')",
      'SET session_replication_role = replica',
      'ALTER SYSTEM SET listen_addresses = 0',
    ]) {
      await expect(ask(url, refused), refused).rejects.toThrow(/permission denied/)
    }
  },
  PATIENCE_MS,
)

test(
  'upgrades a server of an earlier version: same URL and data, fewer rights',
  async () => {
    const url = await startAsBefore()
    await migrate(url)
    await ask(
      url,
      `CREATE TABLE kept (id serial PRIMARY KEY); INSERT INTO kept DEFAULT VALUES; CREATE VIEW seen AS TABLE kept;
     CREATE SCHEMA own; CREATE DOMAIN own.short AS text; CREATE TYPE own.pair AS (a int, b int);
     CREATE SEQUENCE own.loose; CREATE EXTENSION hstore`,
    )
    expect(await startEmbedded({ folder })).toBe(url)
    expect(await ask(url, RIGHTS)).toEqual(SEPARATED)
    expect(await ask(url, 'SELECT count(*)::int FROM kept')).toEqual([[1]])
    const left = await ask(url, `SELECT * FROM (${STILL_OWNED}) AS left_over WHERE classid <> 'pg_extension'`)
    const ofExtension = await ask(url, "SELECT objid FROM pg_depend WHERE deptype = 'e'")
    expect(left.filter(([, id]) => !ofExtension.flat().includes(id))).toEqual([])
    await migrate(url)
    await ask(
      url,
      'ALTER TABLE auth_events ALTER COLUMN era SET DEFAULT 1; DROP TABLE kept CASCADE; DROP SCHEMA own CASCADE',
    )
    const password = (file: string) => readFileSync(file, 'utf8')
    const { password: own, administratorPassword } = clusterFiles(folder)
    expect(password(administratorPassword)).not.toBe(password(own))
    await expect(ask(url.replace('taskward:', 'taskward_administrator:'), 'SELECT 1')).rejects.toThrow()
    expect(await ask(administratorUrl({ folder }), 'SELECT current_user')).toEqual([
      ['taskward_administrator'],
    ])
    await stopEmbeddedIfUnused({ folder })
    expect(await startEmbedded({ folder })).toBe(url)
    const log = readFileSync(clusterFiles(folder).log, 'utf8')
    for (const file of [own, administratorPassword]) expect(log).not.toContain(password(file))
  },
  PATIENCE_MS,
)

test(
  'completes an interrupted upgrade once, at the next start of any number of processes',
  async () => {
    const url = await startAsBefore()
    const file = clusterFiles(folder).administratorPassword
    writeFileSync(file, 'written-before', { mode: 0o600 })
    await ask(url, 'CREATE ROLE taskward_upgrade SUPERUSER LOGIN')
    await Promise.all([1, 2, 3].map(() => separateRoles(folder)))
    expect(await startEmbedded({ folder })).toBe(url)
    expect(await ask(url, RIGHTS)).toEqual(SEPARATED)
    expect(readFileSync(file, 'utf8')).toBe('written-before')
    expect(await ask(administratorUrl({ folder }), 'SELECT 1')).toEqual([[1]])
  },
  PATIENCE_MS,
)

test(
  'completes what a crash left undone, and does not stop a server that the administrator uses',
  async () => {
    const url = await startEmbedded({ folder, settings })
    const administrator = administratorUrl({ folder })?.replace(/[^/]+$/, 'postgres') ?? ''
    for (const left of [
      ['DROP DATABASE taskward', 'DROP ROLE taskward'],
      ['DROP DATABASE taskward'],
      ['CREATE ROLE taskward_upgrade SUPERUSER LOGIN'],
    ]) {
      await endLease(folder)
      for (const statement of left) await ask(administrator, statement)
      expect(await startEmbedded({ folder })).toBe(url)
      expect(await ask(url, RIGHTS)).toEqual(SEPARATED)
    }
    const client = new pg.Client({ connectionString: administrator })
    await client.connect()
    await stopEmbeddedIfUnused({ folder })
    expect(readPostmaster(clusterFiles(folder).data)).not.toBeNull()
    await client.end()
    await startEmbedded({ folder })
    await stopEmbeddedIfUnused({ folder })
    expect(readPostmaster(clusterFiles(folder).data)).toBeNull()
  },
  PATIENCE_MS,
)
