import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client'
import { truncateAll } from './database'

beforeEach(truncateAll)

const event = { eventType: 'login', success: true }

test.each([1, 2])('each test starts with empty tables, append-only ones included (%i)', async () => {
  expect(await db().authEvent.count()).toBe(0)
  await db().authEvent.create({ data: event })
})
