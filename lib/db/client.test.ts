import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { checkPool, closeDb, connectedClient, db } from './client.ts'
import { databaseState } from './state.ts'

test('has one client per process, even across copies of the module', () => {
  expect(db()).toBe(db())
  expect(databaseState().client?.prisma).toBe(db())
})

test('creates a new client after the old one was closed', async () => {
  const before = db()
  await closeDb()
  expect(db()).not.toBe(before)
  await expect(db().user.count()).resolves.toBeTypeOf('number')
})

test('closes connections that Prisma has not used', async () => {
  const { pool } = connectedClient()
  await pool.query('SELECT 1')
  expect(pool.totalCount).toBe(1)
  await closeDb()
  expect(pool.totalCount).toBe(0)
})

test('closes the connections of health checks, too', async () => {
  const checks = checkPool()
  await checks.query('SELECT 1')
  expect(checks.totalCount).toBe(1)
  await closeDb()
  expect(checks.totalCount).toBe(0)
})

test.each([
  ['statement_timeout', '10s'],
  ['lock_timeout', '5s'],
  ['idle_in_transaction_session_timeout', '10s'],
  ['TimeZone', 'UTC'],
  ['default_transaction_isolation', 'read committed'],
])('every connection sets %s to %s', async (name, value) => {
  const [row] = await db().$queryRaw<{ value: string }[]>`SELECT current_setting(${name}) AS value`
  expect(row?.value).toBe(value)
})

test('replaces every connection within five minutes', () => {
  expect(databaseState().client?.pool.options.maxLifetimeSeconds).toBe(300)
  expect(checkPool().options.maxLifetimeSeconds).toBe(300)
})

test.each([
  ['America/New_York', 'SQL, MDY'],
  ['Asia/Kathmandu', 'German'],
  ['Pacific/Chatham', 'Postgres, DMY'],
])(
  'times keep their instant, written and read, in a database of %s with dates in style "%s"',
  async (zone, style) => {
    const url = inject('databaseUrls')[Number(process.env.VITEST_POOL_ID) - 1]
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    const { rows } = await admin.query('SELECT current_database() AS name')
    const change = (setting: string) => admin.query(`ALTER DATABASE "${rows[0].name}" ${setting}`)
    await change(`SET TimeZone TO '${zone}'`)
    await change(`SET DateStyle TO '${style}'`)
    try {
      await closeDb()
      const key = crypto.randomUUID()
      // The hour that does not exist in New York.
      const windowStartedAt = new Date('2026-03-08T02:30:00.123Z')
      const data = { key, windowStartedAt, expiresAt: windowStartedAt, taken: 0 }
      expect(await db().throttleBucket.create({ data })).toMatchObject({ windowStartedAt })
      expect(await db().throttleBucket.findUnique({ where: { key, windowStartedAt } })).toMatchObject({
        windowStartedAt,
      })
      const stored = await admin.query(
        'SELECT extract(epoch FROM window_started_at)::float * 1000 AS ms FROM throttle_buckets WHERE key = $1',
        [key],
      )
      expect(stored.rows).toEqual([{ ms: windowStartedAt.getTime() }])
      const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT now() AS now`
      expect(Math.abs((row?.now.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
    } finally {
      await change('RESET TimeZone')
      await change('RESET DateStyle')
      await admin.end()
      await closeDb()
    }
  },
)
