import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { EventType } from '#lib/audit/events'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { truncateAll } from '#lib/testing/database'
import { from, putEvents } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const [HERE, THERE] = ['198.51.100.1', '192.0.2.66']
const account = { userId: randomUUID(), sessionId: randomUUID() }

beforeEach(truncateAll)

async function visit(
  network: string,
  secondsAgo: number,
  type: EventType = 'token_refreshed',
  userAgent = 'vitest',
) {
  const event = { type, client: from(network, { userAgent }), ...account }
  await putEvents([{ at: secondsLater(NOW, -secondsAgo), event }])
}

test('one move within 300 seconds is found, with low confidence', async () => {
  await visit(HERE, 300)
  await visit(THERE, 0)
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'session_two_networks',
      subject: account.sessionId,
      ...account,
      network: THERE,
      confidence: 'low',
      count: 2,
      firstSeenAt: secondsLater(NOW, -300),
      lastSeenAt: NOW,
      details: { from_network: HERE, there_and_back: false, user_agents: 1 },
    },
  ])
})

test('it is found by a look that comes as late as the next window', async () => {
  await visit(HERE, 590)
  await visit(THERE, 300)
  expect(await findSuspicious(NOW)).toHaveLength(1)
})

test('a move that takes longer is none', async () => {
  await visit(HERE, 300.001)
  await visit(THERE, 0)
  expect(await findSuspicious(NOW)).toEqual([])
})

test('there and back is of medium confidence', async () => {
  await visit(HERE, 120)
  await visit(THERE, 60)
  await visit(THERE, 50)
  await visit(HERE, 0)
  expect(await findSuspicious(NOW)).toMatchObject([
    { confidence: 'medium', details: { there_and_back: true } },
  ])
})

test('with another user agent it is of high confidence', async () => {
  await visit(HERE, 60)
  await visit(THERE, 0, 'refresh_token_raced', 'curl/8')
  expect(await findSuspicious(NOW)).toMatchObject([{ confidence: 'high', details: { user_agents: 2 } }])
})

test.each([
  ['192.0.2.1', '192.0.200.7'],
  ['192.0.2.1', '2001:db8:0:1::/64'],
  ['2001:db8:0:1::/64', '2001:db8:ffff:1::/64'],
  ['192.0.2.1', 'local'],
])('%s and %s are not far apart', async (one, other) => {
  await visit(one, 60)
  await visit(other, 0)
  expect(await findSuspicious(NOW)).toEqual([])
})

test.each([
  ['192.0.2.1', '192.1.2.1'],
  ['2001:db8:0:1::/64', '2001:db9:0:1::/64'],
])('%s and %s are far apart', async (one, other) => {
  await visit(one, 60)
  await visit(other, 0)
  expect(await findSuspicious(NOW)).toHaveLength(1)
})

test('a dual-stack client that alternates between its own two addresses is none', async () => {
  for (let i = 0; i < 6; i++) await visit(i % 2 ? HERE : '2001:db8:0:1::/64', 60 - i * 10)
  expect(await findSuspicious(NOW)).toEqual([])
})

test.each<EventType>(['session_revoked', 'token_refresh_refused', 'alert'])(
  'that others meet the session is no visit of its own: %s',
  async (type) => {
    await visit(HERE, 60)
    await visit(THERE, 0, type)
    expect(await findSuspicious(NOW)).toEqual([])
  },
)

test('two sessions of one account in two places are none', async () => {
  await visit(HERE, 60, 'login')
  const event = {
    type: 'login',
    client: from(THERE),
    userId: account.userId,
    sessionId: randomUUID(),
  } as const
  await putEvents([{ at: NOW, event }])
  expect(await findSuspicious(NOW)).toEqual([])
})
