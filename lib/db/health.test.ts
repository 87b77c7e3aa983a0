import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/postgres-server'
import { closeDb } from './client'
import { clusterFiles } from './embedded-cluster'
import { stopServer } from './embedded-server'
import { databaseHealth } from './health'
import { migrate } from './migrate'
import { readPostmaster } from './postmaster'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  process.env.DATABASE_URL = server.url
})

afterAll(async () => {
  await closeDb()
  await server.stop()
})

test('an empty database is not migrated, a migrated one is healthy', async () => {
  expect(await databaseHealth()).toBe('not migrated')
  await migrate(server.url)
  expect(await databaseHealth()).toBe('ok')
})

test('a database that hangs is unreachable, and the answer does not hang with it', async () => {
  await closeDb()
  const pid = readPostmaster(clusterFiles(server.folder).data)?.pid ?? 0
  process.kill(pid, 'SIGSTOP')
  const startedAt = Date.now()
  expect(await databaseHealth()).toBe('unreachable')
  expect(Date.now() - startedAt).toBeLessThan(2500)
  process.kill(pid, 'SIGCONT')
})

test('a stopped database is unreachable', async () => {
  await closeDb()
  await stopServer(server.folder)
  expect(await databaseHealth()).toBe('unreachable')
})
