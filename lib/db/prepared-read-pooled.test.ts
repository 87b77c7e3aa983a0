import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasPgBouncer, type Pooler, startPgBouncer } from '#lib/testing/pgbouncer.ts'
import { closeDb, connectedClient } from './client.ts'
import { preparedRead } from './prepared-read.ts'

const READS = 200

const double = preparedRead<{ double: number }>('SELECT $1::int * 2 AS double')
const negate = preparedRead<{ negative: number }>('SELECT -$1::int AS negative')

let pooler: Pooler | undefined

beforeAll(async () => {
  if (!hasPgBouncer()) return
  pooler = await startPgBouncer(inject('databaseUrls')[Number(process.env.VITEST_POOL_ID) - 1] ?? '', 3)
  // Before the first query reads the environment.
  process.env.DATABASE_URL = pooler.url
})

afterAll(async () => {
  await closeDb()
  await pooler?.stop()
})

test.runIf(hasPgBouncer())(
  'every read succeeds behind a pooler that lends its sessions by transaction',
  async () => {
    const numbers = Array.from({ length: READS }, (_, i) => i + 1)
    const read = (n: number) => (n % 2 ? double(n) : negate(n))
    const expected = numbers.map((n) => [n % 2 ? { double: n * 2 } : { negative: -n }])
    expect(await Promise.all(numbers.map(read))).toEqual(expected)
    expect(await Promise.all(numbers.map(read))).toEqual(expected)
    expect(connectedClient().namesStatements).toBe(false)
  },
)
