import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, type Happening, happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectSessionTwoNetworks } from '#lib/watch/patterns/detect-session-two-networks.ts'
import { type Pattern, THRESHOLDS } from '#lib/watch/patterns/thresholds.ts'
import { runChecks } from '#lib/watch/run-checks.ts'
import { guessing, spraying } from './attacks.ts'
import { ordinaryMonth } from './ordinary-month.ts'

const USERS = 200
const END = new Date('2026-11-20T00:00:00.000Z')
const HOUR = 3600
const DAY = 24 * HOUR
/** A check reads two windows back, so at this interval it misses no renewal of any session. */
const STEP = 300
/** On so many last days every session is followed. On those before, users renew no differently. */
const FOLLOWED_DAYS = 10

const userIds = Array.from({ length: USERS }, () => randomUUID())
const daysAgo = (days: number, seconds = 0) => secondsLater(END, seconds - days * DAY)

beforeAll(async () => {
  await emptyTables()
  await putEvents(...ordinaryMonth(userIds, END).events, ...hardDay(daysAgo(9)))
  // Wider by the interval of the checks, so that they find what a check every second would have found.
  for (const pattern of Object.keys(THRESHOLDS) as Pattern[]) {
    const { count, seconds } = THRESHOLDS[pattern]
    if (pattern !== 'session_two_networks')
      nodeEnv().alertThresholds[pattern] = { count, seconds: seconds + HOUR }
  }
  return () => {
    nodeEnv().alertThresholds = {}
  }
}, 120_000)

/** One day on which honest users come just below each threshold. */
function hardDay(midnight: Date): Happening[] {
  const [forgetful, traveller, racer] = [randomUUID(), randomUUID(), randomUUID()]
  const [train, tabs] = [randomUUID(), randomUUID()]
  const at = (seconds: number) => secondsLater(midnight, seconds)
  const networks = ['192.0.2.7', '172.58.3.4', '10.9.8.7']
  return [
    // Nine tries, then the right password.
    ...failures(9, at(HOUR), () => ({ userId: forgetful, network: '192.0.2.77' })),
    happening('login', at(HOUR + 20), { userId: forgetful, sessionId: randomUUID(), network: '192.0.2.77' }),
    // On a train: another network at every renewal, as often as a client renews.
    ...Array.from({ length: 12 }, (_, index) =>
      happening('token_refreshed', at(2 * HOUR + index * 600), {
        userId: traveller,
        sessionId: train,
        network: networks[index % 3] ?? '',
      }),
    ),
    // A program that races itself, over IPv4 and IPv6.
    ...Array.from({ length: 60 }, (_, index) =>
      happening('refresh_token_raced', at(5 * HOUR + index), {
        userId: racer,
        sessionId: tabs,
        network: index % 2 ? '192.0.2.9' : '2001:db8:7:8::/64',
      }),
    ),
    // A class signs up.
    ...Array.from({ length: 29 }, (_, index) =>
      happening('signup', at(9 * HOUR + index * 10), { userId: randomUUID(), network: '192.0.2.88' }),
    ),
  ]
}

async function watchAll(from: Date): Promise<string[]> {
  const found: string[] = []
  for (let now = from; now <= secondsLater(END, HOUR); now = secondsLater(now, HOUR)) {
    for (let step = 0; step < HOUR && now > daysAgo(FOLLOWED_DAYS); step += STEP) {
      const moved = await detectSessionTwoNetworks(db(), secondsLater(now, -step), { endedSessions: [] })
      found.push(...moved.map(({ pattern }) => pattern))
    }
    found.push(...(await runChecks(now)).map(({ pattern }) => pattern))
  }
  return found
}

test('finds nothing in a month of two hundred honest users', async () => {
  expect(await db().authEvent.count()).toBeGreaterThan(20_000)
  expect(await db().authEvent.count({ where: { success: false } })).toBeGreaterThan(500)
  expect(await watchAll(daysAgo(30))).toEqual([])
  expect(await db().finding.count()).toBe(0)
}, 300_000)

test('finds exactly the two attacks of the month', async () => {
  const [victim = '', ...others] = userIds
  await putEvents(
    ...spraying(daysAgo(3, 14 * HOUR), others.slice(0, 12)),
    ...guessing(daysAgo(2, 3 * HOUR), victim, randomUUID()).events,
  )
  expect(await watchAll(daysAgo(4))).toEqual(['password_spraying', 'login_after_failures'])
}, 120_000)
