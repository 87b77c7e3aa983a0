import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDatabaseUnavailable } from './availability.ts'
import { closeDb, connectedClient } from './client.ts'
import { type SqlTx, sqlTransaction } from './sql-transaction.ts'

/** A new pool, which has one connection as long as statements run one at a time. */
beforeEach(async () => {
  await closeDb()
  await ask('CREATE TABLE sums (value int PRIMARY KEY)')
})
afterEach(() => ask('DROP TABLE sums'))

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await connectedClient().pool.query(sql)).rows
}

const insert = (tx: SqlTx, value: number) => tx.$executeRaw`INSERT INTO sums VALUES (${value}::int)`
const values = async () => (await ask('SELECT value FROM sums ORDER BY value')).map(({ value }) => value)

test('commits what its statements wrote, and returns the result', async () => {
  const result = await sqlTransaction(async (tx) => {
    expect(await insert(tx, 1)).toBe(1)
    expect(await insert(tx, 2)).toBe(1)
    return tx.$queryRaw<{ sum: number }[]>`SELECT sum(value)::int AS sum FROM sums WHERE value > ${0}::int`
  })
  expect(result).toEqual([{ sum: 3 }])
  expect(await values()).toEqual([1, 2])
  expect(await ask(`SELECT count(*) FROM pg_prepared_statements`)).toEqual([{ count: '2' }])
})

test('rolls back when its work throws or a statement fails, and keeps the connection', async () => {
  const failing = [
    async (tx: SqlTx) => {
      await insert(tx, 1)
      throw new Error('changed my mind')
    },
    async (tx: SqlTx) => {
      await insert(tx, 1)
      await insert(tx, 1)
    },
  ]
  for (const work of failing) await expect(sqlTransaction(work)).rejects.toThrow()
  expect(await values()).toEqual([])
  expect(connectedClient().pool.totalCount).toBe(1)
})

test('runs again without names where the server has lost its statements', async () => {
  await sqlTransaction((tx) => Promise.resolve(insert(tx, 1)))
  await ask('DEALLOCATE ALL')
  await sqlTransaction((tx) => Promise.resolve(insert(tx, 2)))
  await sqlTransaction((tx) => Promise.resolve(insert(tx, 3)))
  expect(await values()).toEqual([1, 2, 3])
  expect(connectedClient().namesStatements).toBe(false)
})

test('commits nothing when it loses its connection, and throws an outage', async () => {
  const cut = sqlTransaction(async (tx) => {
    await insert(tx, 1)
    const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
    await ask(`SELECT pg_terminate_backend(${own?.pid})`)
    await insert(tx, 2)
  })
  expect(isDatabaseUnavailable(await cut.catch((error: unknown) => error))).toBe(true)
  expect(await values()).toEqual([])
  await sqlTransaction((tx) => Promise.resolve(insert(tx, 3)))
  expect(await values()).toEqual([3])
})
