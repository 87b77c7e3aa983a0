import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { administratorUrl, endLease, startEmbedded } from '#lib/db/embedded/embedded.ts'
import { stopServer } from '#lib/db/embedded/server.ts'

/** Nothing that a test writes has to survive a power cut. Each server that a test starts opens up to 14 connections. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/** No time may depend on the database's zone. This one is 5:45 h ahead: its days and hours begin at other moments. */
const ELSEWHERE = { timezone: 'Asia/Kathmandu' }

/** What tests do beyond what the application may: databases of their own, and changes past a trigger. */
const RIGHTS_OF_TESTS = `
  ALTER ROLE taskward CREATEDB;
  GRANT SET ON PARAMETER session_replication_role TO taskward`

export type TestServer = { url: string; folder: string; stop: () => Promise<void> }

/** A PostgreSQL server in a temporary folder, far from `.data`; `stop` ends it and removes the folder. */
export async function startTestServer(
  settings: Record<string, string> = { ...FAST, ...ELSEWHERE },
): Promise<TestServer> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'taskward-test-'))
  const folder = path.join(temporary, 'postgres')
  const url = await startEmbedded({ folder, settings })
  await ask(administratorUrl({ folder }) ?? '', RIGHTS_OF_TESTS)
  return {
    url,
    folder,
    async stop() {
      await endLease(folder)
      await stopServer(folder)
      await rm(temporary, { recursive: true, force: true })
    },
  }
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Creates a database on the server of `url`. @returns its URL */
export async function createDatabase(url: string, name: string, template = 'template0'): Promise<string> {
  await ask(url, `CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}
