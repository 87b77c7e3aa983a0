import { beforeEach, expect, test } from 'vitest'
import { record } from '#lib/audit/record'
import { db } from '#lib/db/client'
import { truncateAll } from './database'
import { makeClient } from './factories'

beforeEach(truncateAll)

test.each([1, 2])('each test starts with empty tables, append-only ones included (%i)', async () => {
  expect(await db().authEvent.count()).toBe(0)
  await record(db(), { type: 'login', client: makeClient() })
})
