import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { utc } from '#lib/format-date.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeClient } from '#lib/testing/factories.ts'
import { putEvents } from '#lib/testing/put-events.ts'
import { offsetOf } from '#lib/time-zone.ts'
import type { EventType } from './catalogue.ts'
import { countAccountEvents } from './count-account-events.ts'

const NOW = new Date('2026-03-01T00:30:00Z')
const client = makeClient()
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

function put(type: EventType, at: string, failureReason?: string, { userId } = ada) {
  return putEvents({ at: new Date(at), event: { type, client, userId, failureReason } })
}

test('counts log-ins and failures by UTC day across the end of a month', async () => {
  await put('signup', '2026-02-27T00:00:00.000Z')
  await put('login', '2026-02-27T23:59:59.999Z')
  await put('login', '2026-02-28T00:00:00.000Z')
  await put('login_failed', '2026-02-28T12:00:00Z', 'wrong_password')
  await put('throttled', '2026-02-28T12:00:00Z', 'login.pair')
  await put('token_refreshed', '2026-03-01T00:10:00Z')
  await put('login', '2026-03-01T00:29:59Z')
  expect(await countAccountEvents(ada, { days: 3, offset: utc, now: NOW })).toEqual([
    { day: new Date('2026-02-27T00:00:00Z'), logIns: 2, failures: 0 },
    { day: new Date('2026-02-28T00:00:00Z'), logIns: 1, failures: 2 },
    { day: new Date('2026-03-01T00:00:00Z'), logIns: 1, failures: 0 },
  ])
})

test('counts by the days of a time zone, one of which has 23 hours', async () => {
  const offset = offsetOf('Europe/Berlin') ?? utc
  for (const at of ['2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z'])
    await put('login', at)
  await put('login', '2026-03-29T22:00:00Z')
  const now = new Date('2026-03-29T22:30:00Z')
  const days = await countAccountEvents(ada, { days: 3, offset, now })
  expect(days.map(({ day, logIns }) => [day.toISOString().slice(0, 10), logIns])).toEqual([
    ['2026-03-28', 1],
    ['2026-03-29', 2],
    ['2026-03-30', 1],
  ])
})

test('returns thirty days that end today, even without events', async () => {
  await put('login', '2026-01-30T23:59:59.999Z')
  const days = await countAccountEvents(ada, { offset: utc, now: NOW })
  expect(days).toHaveLength(30)
  expect(days[0]?.day).toEqual(new Date('2026-01-31T00:00:00Z'))
  expect(days.at(-1)?.day).toEqual(new Date('2026-03-01T00:00:00Z'))
  expect(days.every(({ logIns, failures }) => logIns + failures === 0)).toBe(true)
})

test('counts a refused sign-up as a failure, not as a log-in', async () => {
  await put('signup', '2026-03-01T00:00:00Z', 'email_taken')
  expect(await countAccountEvents(ada, { days: 1, offset: utc, now: NOW })).toMatchObject([
    { logIns: 0, failures: 1 },
  ])
})

test('ignores the events of other accounts', async () => {
  await put('login', '2026-03-01T00:00:00Z', undefined, await createActor())
  expect(await countAccountEvents(ada, { days: 1, offset: utc, now: NOW })).toMatchObject([
    { logIns: 0, failures: 0 },
  ])
})
