import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { clusterFiles } from './cluster.ts'
import {
  administratorUrl,
  endLease,
  holdsLease,
  runningEmbeddedUrl,
  startEmbedded,
  stopEmbeddedIfUnused,
} from './embedded.ts'
import { readPostmaster } from './postmaster.ts'
import { stopServer } from './server.ts'

const settings = { fsync: 'off' }
let template: string
let parent: string
let folder: string
let data: string

beforeAll(async () => {
  const made = await mkdtemp(path.join(tmpdir(), 'taskward-embedded-'))
  template = path.join(made, 'postgres')
  await startEmbedded({ folder: template, settings })
  await stopEmbeddedIfUnused({ folder: template })
  return () => rm(made, { recursive: true, force: true })
})

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'taskward-embedded-'))
  folder = path.join(parent, 'postgres')
  data = clusterFiles(folder).data
})

afterEach(async () => {
  await endLease(folder)
  await stopServer(folder)
  await rm(parent, { recursive: true, force: true })
})

/** A server that has run. To make one takes a second of a processor. */
function copyServer(): void {
  execFileSync('cp', ['-a', template, folder])
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}

/** Another process that uses the same server, until it is killed. */
async function anotherUser() {
  const code = `import { startEmbedded } from '${path.resolve('lib/db/embedded/embedded.ts')}'
    process.send(await startEmbedded({ folder: ${JSON.stringify(folder)}, settings: { fsync: 'off' } }))
    setInterval(() => {}, 1000)`
  const script = path.join(parent, `user-${Math.random()}.mjs`)
  writeFileSync(script, code)
  const child = fork(script, { execArgv: [] })
  const [url] = await once(child, 'message')
  return { child, url: String(url) }
}

async function killServer(): Promise<void> {
  process.kill(readPostmaster(data)?.pid ?? 0, 'SIGKILL')
  while (holdsLease({ folder })) await sleep(20)
}

test('creates a server at the first start that only this machine and this user can reach', async () => {
  const url = await startEmbedded({ folder, settings })
  expect(url).toMatch(/^postgresql:\/\/taskward:[\w-]{32}@127\.0\.0\.1:\d+\/taskward$/)
  expect(runningEmbeddedUrl({ folder })).toBe(url)
  expect(await ask(url, 'SHOW listen_addresses')).toBe('127.0.0.1')
  expect(await ask(administratorUrl({ folder }) ?? '', 'SHOW unix_socket_directories')).toBe('')
  expect(await ask(url, 'SHOW timezone')).toBe('UTC')
  expect(await ask(url, 'SHOW server_encoding')).toBe('UTF8')
  const { password, administratorPassword } = clusterFiles(folder)
  for (const file of [password, administratorPassword]) expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(data).mode & 0o777).toBe(0o700)
  expect(statSync(folder).mode & 0o066).toBe(0)
  await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow(
    /password authentication failed/,
  )
})

test('stops the server with its last process, and a later start keeps port and data', async () => {
  copyServer()
  const first = await startEmbedded({ folder, settings })
  await ask(first, 'CREATE TABLE kept (id int)')
  await stopEmbeddedIfUnused({ folder })
  expect(runningEmbeddedUrl({ folder })).toBeNull()
  const second = await startEmbedded({ folder })
  expect(second).toBe(first)
  expect(await ask(second, `SELECT count(*)::int FROM kept`)).toBe(0)
})

test('does not stop a server that another process uses', async () => {
  copyServer()
  const other = await anotherUser()
  expect(await startEmbedded({ folder })).toBe(other.url)
  await stopEmbeddedIfUnused({ folder })
  expect(await ask(other.url, 'SELECT 1')).toBe(1)
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
})

test('reuses the server of a killed process', async () => {
  copyServer()
  const other = await anotherUser()
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  expect(await startEmbedded({ folder })).toBe(other.url)
})

test('shares one server between two processes that start at the same time', async () => {
  const users = await Promise.all([anotherUser(), anotherUser()])
  expect(users[0].url).toBe(users[1].url)
  expect((await readdir(parent)).filter((name) => !name.endsWith('.mjs'))).toEqual(['postgres'])
  for (const { child } of users) child.kill('SIGKILL')
})

test('restarts a killed server despite its stale pid file', async () => {
  copyServer()
  const url = await startEmbedded({ folder, settings })
  await killServer()
  expect(existsSync(path.join(data, 'postmaster.pid'))).toBe(true)
  expect(await startEmbedded({ folder })).toBe(url)
})

test('starts despite a stale pid file whose process id another program has', async () => {
  copyServer()
  await startEmbedded({ folder, settings })
  await killServer()
  const file = path.join(data, 'postmaster.pid')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.ppid)))
  expect(await ask(await startEmbedded({ folder }), 'SELECT 1')).toBe(1)
})

test('takes another port if its own is in use', async () => {
  copyServer()
  const first = await startEmbedded({ folder, settings })
  await stopEmbeddedIfUnused({ folder })
  const squatter = createServer().listen(Number(new URL(first).port), '127.0.0.1')
  await once(squatter, 'listening')
  const second = await startEmbedded({ folder })
  squatter.close()
  expect(new URL(second).port).not.toBe(new URL(first).port)
  expect(await ask(second, 'SELECT 1')).toBe(1)
})

test('deletes what an interrupted start left behind', async () => {
  await mkdir(`${folder}.draft-999999999-dead`, { recursive: true })
  await startEmbedded({ folder, settings })
  expect(await readdir(parent)).toEqual(['postgres'])
})

test('reports in one line why a server cannot start', async () => {
  copyServer()
  await startEmbedded({ folder, settings })
  await stopEmbeddedIfUnused({ folder })
  writeFileSync(path.join(data, 'postgresql.auto.conf'), 'no_such_setting = 1\n')
  const failure = await startEmbedded({ folder }).catch((error: Error) => error.message)
  expect(failure).toMatch(/^The embedded PostgreSQL does not start: .*server\.log\)$/)
})

test('refuses a server of another major version in one line that names it', async () => {
  copyServer()
  await startEmbedded({ folder, settings })
  await stopEmbeddedIfUnused({ folder })
  writeFileSync(path.join(data, 'PG_VERSION'), '17\n')
  const failure = await startEmbedded({ folder }).catch((error: Error) => error.message)
  expect(failure).toMatch(
    /^The embedded PostgreSQL does not start: its files are those of PostgreSQL 17, .*$/,
  )
})

test('refuses an unusable folder in one line that names DATABASE_URL', async () => {
  writeFileSync(path.join(parent, 'file'), '')
  const failure = await startEmbedded({ folder: path.join(parent, 'file', 'postgres') }).catch(
    (error: Error) => error.message,
  )
  expect(failure).toMatch(
    /^The embedded PostgreSQL cannot be made in .* \((ENOTDIR|EEXIST)\): .* DATABASE_URL\.$/,
  )
})
