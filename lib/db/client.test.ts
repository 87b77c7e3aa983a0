import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { closeDb, db } from './client'
import { databaseState } from './state'

test('one client per process, even across copies of the module', () => {
  expect(db()).toBe(db())
  expect(databaseState().client?.prisma).toBe(db())
})

test('a closed client makes room for a new one', async () => {
  const before = db()
  await closeDb()
  expect(db()).not.toBe(before)
  await expect(db().user.count()).resolves.toBeTypeOf('number')
})

test.each([
  ['statement_timeout', '10s'],
  ['lock_timeout', '5s'],
  ['idle_in_transaction_session_timeout', '10s'],
  ['TimeZone', 'UTC'],
])('every connection sets %s to %s', async (name, value) => {
  const [row] = await db().$queryRaw<{ value: string }[]>`SELECT current_setting(${name}) AS value`
  expect(row?.value).toBe(value)
})

test('times keep their instant on a server with another time zone', async () => {
  const url = inject('databaseUrls')[Number(process.env.VITEST_POOL_ID) - 1]
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const { rows } = await admin.query('SELECT current_database() AS name')
  await admin.query(`ALTER DATABASE "${rows[0].name}" SET TimeZone TO 'Asia/Tokyo'`)
  try {
    await closeDb()
    const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT now() AS now`
    expect(Math.abs((row?.now.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  } finally {
    await admin.query(`ALTER DATABASE "${rows[0].name}" RESET TimeZone`)
    await admin.end()
    await closeDb()
  }
})
