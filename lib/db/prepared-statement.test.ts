import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDatabaseUnavailable } from './availability.ts'
import { closeDb, connectedClient } from './client.ts'
import { preparedRead } from './prepared-statement.ts'

const readSum = preparedRead<{ sum: number; at: Date; note: string | null }>(
  `SELECT $1::int + $2::int AS sum, $3::timestamptz AS at, $4::text AS note`,
)
const AT = new Date('2026-03-08T02:30:00.123Z')

/** Rests on a new pool, which has one connection as long as statements run one at a time. */
beforeEach(closeDb)
afterEach(() => ask('DROP TABLE IF EXISTS changing'))

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await connectedClient().pool.query(sql)).rows
}

async function nameOnServer(): Promise<string> {
  const [row] = await ask(`SELECT name FROM pg_prepared_statements WHERE name LIKE 'taskward%'`)
  return String(row?.name)
}

const sum = () => readSum(2, 3, AT, null)
const SUM = [{ sum: 5, at: AT, note: null }]

test('returns typed rows, and prepares the statement once per connection', async () => {
  expect(await sum()).toEqual(SUM)
  expect(await readSum(-1, 1, AT, 'é')).toEqual([{ sum: 0, at: AT, note: 'é' }])
  expect(await ask(`SELECT generic_plans + custom_plans AS runs FROM pg_prepared_statements`)).toEqual([
    { runs: '2' },
  ])
  expect(connectedClient().pool.totalCount).toBe(1)
})

test('two texts have two names', async () => {
  await sum()
  const other = preparedRead<{ one: number }>('SELECT 1 AS one')
  expect(await other()).toEqual([{ one: 1 }])
  expect(await ask(`SELECT count(*) FROM pg_prepared_statements`)).toEqual([{ count: '2' }])
})

test('reads without a name where the server has lost the statement', async () => {
  await sum()
  await ask('DEALLOCATE ALL')
  expect(await sum()).toEqual(SUM)
  expect(await sum()).toEqual(SUM)
  expect(connectedClient().namesStatements).toBe(false)
})

test('reads without a name where the session of another client has it', async () => {
  await sum()
  const name = await nameOnServer()
  await closeDb()
  await ask(`PREPARE ${name} AS SELECT 'another version'`)
  expect(await sum()).toEqual(SUM)
  expect(connectedClient().namesStatements).toBe(false)
})

test('reads on after a migration has changed the type of a column', async () => {
  await ask('CREATE TABLE changing AS SELECT 1 AS value')
  const read = preparedRead<{ value: unknown }>('SELECT value FROM changing')
  expect(await read()).toEqual([{ value: 1 }])
  await ask('ALTER TABLE changing ALTER value TYPE text')
  expect(await read()).toEqual([{ value: '1' }])
})

test('throws what an outage throws, and a mistake as a mistake', async () => {
  const sleep = preparedRead(`SELECT pg_sleep(10), 'hot' AS marker`)
  await sum()
  const sleeping = sleep().catch((error: unknown) => error)
  await expect
    .poll(() =>
      ask(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(10), ''hot''%' AND pid <> pg_backend_pid()`,
      ),
    )
    .toHaveLength(1)
  expect(isDatabaseUnavailable(await sleeping)).toBe(true)
  expect(await sum()).toEqual(SUM)
  const mistaken = await preparedRead('SELECT 1 / $1::int')(0).catch((error: unknown) => error)
  expect(mistaken).toMatchObject({ code: '22012' })
  expect(isDatabaseUnavailable(mistaken)).toBe(false)
  expect(connectedClient().namesStatements).toBe(true)
})
