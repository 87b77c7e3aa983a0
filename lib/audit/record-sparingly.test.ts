import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { makeClient } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { recordAll } from './record.ts'
import { MAX_PER_MINUTE, recordSparingly } from './record-sparingly.ts'

beforeEach(emptyTables)
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

const NOW = new Date('2026-11-26T12:00:00.000Z')
const denied = {
  type: 'access_denied',
  client: makeClient(),
  userId: randomUUID(),
  failureReason: 'foreign_path',
} as const

async function recorded(event: Parameters<typeof recordSparingly>[1], at: Date): Promise<boolean> {
  const before = await db().authEvent.count()
  vi.setSystemTime(at)
  await recordSparingly(db(), event)
  return (await db().authEvent.count()) > before
}

test('records at most 300 events per account, type and minute, and limits no other account', async () => {
  const all = Array.from({ length: MAX_PER_MINUTE - 1 }, () => denied)
  vi.setSystemTime(NOW)
  await recordAll(db(), all)
  expect(await recorded(denied, secondsLater(NOW, 1))).toBe(true)
  expect(await recorded(denied, secondsLater(NOW, 1))).toBe(false)
  expect(await recorded({ ...denied, userId: randomUUID() }, secondsLater(NOW, 1))).toBe(true)
  expect(
    await recorded({ ...denied, type: 'refresh_token_raced', failureReason: 'raced' }, secondsLater(NOW, 1)),
  ).toBe(true)
  expect(await recorded(denied, secondsLater(NOW, 59))).toBe(false)
  expect(await recorded(denied, secondsLater(NOW, 61))).toBe(true)
  // By a clock that was put back.
  expect(await recorded(denied, secondsLater(NOW, -3600))).toBe(true)
})
