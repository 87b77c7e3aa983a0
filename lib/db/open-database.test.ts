import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startTestServer } from '#lib/testing/postgres-server.ts'
import { closeDb, db, isDatabaseUnavailable } from './client.ts'
import { launchServer, stopServer } from './embedded/server.ts'
import { openDatabase } from './open-database.ts'
import { databaseState } from './state.ts'

const server = await startTestServer()
process.env.DATABASE_URL = server.url
const unexpected = (error: unknown) => {
  throw error
}

afterAll(async () => {
  await closeDb()
  await server.stop()
})

test('opens, migrates and checks a database that becomes available after the start', async () => {
  databaseState().migrated = false
  await stopServer(server.folder)
  const reports: (string | null)[] = []
  databaseState().reportOutage = (cause) => reports.push(cause)
  let checks = 0
  const count = async () => {
    checks++
  }
  await openDatabase(count, unexpected)
  const failure = await db()
    .user.count()
    .catch((error: unknown) => error)
  expect(isDatabaseUnavailable(failure)).toBe(true)
  expect(checks).toBe(0)
  expect(reports).toEqual(['ECONNREFUSED'])

  await launchServer(server.folder)
  while (checks === 0) await sleep(50)
  expect(databaseState()).toMatchObject({ migrated: true, health: 'ok' })
  expect(await db().user.count()).toBe(0)
  expect(reports).toEqual(['ECONNREFUSED', null])
})

test('fails the start if the check fails', async () => {
  const check = async () => {
    throw new Error('unfit')
  }
  await expect(openDatabase(check, unexpected)).rejects.toThrow('unfit')
})

test('fails the start with a line that names the variable if the server refuses the password', async () => {
  await db().$executeRaw`ALTER ROLE taskward PASSWORD 'another'`
  await expect(openDatabase(async () => {}, unexpected)).rejects.toThrow(/^DATABASE_URL is refused/)
})
