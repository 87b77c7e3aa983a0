import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasPgBouncer, type Pooler, startPgBouncer } from '#lib/testing/pgbouncer.ts'
import { closeDb, connectedClient } from './client.ts'
import { preparedRead } from './prepared-statement.ts'

const READERS = 10
const READS = 20

const double = preparedRead<{ double: number }>('SELECT $1::int * 2 AS double')
const negate = preparedRead<{ negative: number }>('SELECT -$1::int AS negative')

let pooler: Pooler | undefined

beforeAll(async () => {
  if (!hasPgBouncer()) return
  pooler = await startPgBouncer(inject('databaseUrls')[Number(process.env.VITEST_POOL_ID) - 1] ?? '', {
    serverConnections: 3,
  })
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
    const readAll = async (reader: number) => {
      for (let n = reader + 1; n <= reader + READS; n++) {
        expect(n % 2 ? await double(n) : await negate(n)).toEqual([
          n % 2 ? { double: n * 2 } : { negative: -n },
        ])
      }
    }
    await Promise.all(Array.from({ length: READERS }, (_, reader) => readAll(reader)))
    expect(connectedClient().namesStatements).toBe(false)
  },
)
