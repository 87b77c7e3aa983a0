import { beforeEach, expect, test } from 'vitest'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import { truncateAll } from './database.ts'
import { makeClient } from './factories.ts'

beforeEach(truncateAll)

test.each([1, 2])('each test starts with empty tables, append-only ones included (%i)', async () => {
  expect(await db().authEvent.count()).toBe(0)
  await record(db(), { type: 'login', client: makeClient() })
})
