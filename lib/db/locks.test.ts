import pg from 'pg'
import { expect, test } from 'vitest'
import { databaseUrl, db } from './client.ts'
import { LOCKS, takeConnectionLock, takeLock, tryLock } from './locks.ts'

test('gives every purpose a number of its own', () => {
  const numbers = Object.values(LOCKS)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('keeps the numbers that running instances of earlier versions lock', () => {
  expect(LOCKS).toEqual({
    seals: 5306880,
    migrations: 7270241,
    housekeeping: 7415001,
    lastAdministrator: 7415002,
    watch: 7415003,
    embeddedRoles: 7415006,
  })
})

test('refuses a lock that another transaction holds, and grants any other', async () => {
  await db().$transaction(async (holder) => {
    await takeLock(holder, 'watch')
    await db().$transaction(async (other) => {
      expect(await tryLock(other, 'watch')).toBe(false)
      expect(await tryLock(other, 'housekeeping')).toBe(true)
    })
  })
  expect(await db().$transaction((tx) => tryLock(tx, 'watch'))).toBe(true)
})

test('holds a connection’s lock until the connection ends', async () => {
  const client = new pg.Client({ connectionString: databaseUrl() ?? '' })
  await client.connect()
  await takeConnectionLock(client, 'migrations')
  expect(await db().$transaction((tx) => tryLock(tx, 'migrations'))).toBe(false)
  await client.end()
  await expect.poll(() => db().$transaction((tx) => tryLock(tx, 'migrations'))).toBe(true)
})
