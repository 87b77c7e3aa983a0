import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { endLease, startEmbedded } from '../db/embedded.ts'
import { stopServer } from '../db/embedded-server.ts'

/** Nothing that a test writes has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

export type TestServer = { url: string; folder: string; stop: () => Promise<void> }

/** A PostgreSQL server in a temporary folder, far from `.data`; `stop` ends it and removes the folder. */
export async function startTestServer(): Promise<TestServer> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'taskward-test-'))
  const folder = path.join(temporary, 'postgres')
  const url = await startEmbedded({ folder, settings: FAST })
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

/** Makes a database beside the one at `url`, empty or as a copy of `template`, and returns its URL. */
export async function createDatabase(url: string, name: string, template = 'template0'): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  } finally {
    await client.end()
  }
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}
