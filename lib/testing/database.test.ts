import { beforeEach, expect, test } from 'vitest'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from './database.ts'
import { makeClient } from './factories.ts'

beforeEach(emptyTables)

test.each([1, 2])('each test starts with empty tables, append-only ones included (%i)', async () => {
  expect(await db().authEvent.count()).toBe(0)
  await record(db(), { type: 'login', client: makeClient() })
})

test.each([1, 2])('each test starts with empty tables, large ones included (%i)', async () => {
  expect(await db().user.count()).toBe(0)
  const users = Array.from({ length: 3000 }, (_, n) => ({ email: `${n}-${'x'.repeat(100)}@example.com` }))
  await db().user.createMany({ data: users })
})
