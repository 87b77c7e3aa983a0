import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { truncateAll } from '#lib/testing/database'
import { from, putEvents } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const [HOME, THIEF] = ['198.51.100.1', '192.0.2.66']
const account = { userId: randomUUID(), sessionId: randomUUID() }

beforeEach(truncateAll)

/** Renewed at home, used once more elsewhere. */
async function reuse(network: string, successorUsed: boolean, at = NOW): Promise<void> {
  const renewed = { type: 'token_refreshed', client: from(HOME), ...account } as const
  const details = { successor_used: successorUsed, reason: 'refresh_token_reused' }
  const failureReason = 'refresh_token_reused'
  const reused = {
    type: 'refresh_token_reused',
    client: from(network),
    failureReason,
    details,
    ...account,
  } as const
  await putEvents([
    { at: secondsLater(at, -60), event: renewed },
    { at, event: reused },
  ])
}

test.each([
  ['by both sides', THIEF, true, 'high'],
  ['from another network', THIEF, false, 'medium'],
  ['from the same network', HOME, false, 'low'],
])('once is enough: %s', async (_, network, successorUsed, confidence) => {
  await reuse(network, successorUsed)
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'refresh_token_reuse',
      subject: account.sessionId,
      ...account,
      network,
      confidence,
      count: 1,
      firstSeenAt: NOW,
      lastSeenAt: NOW,
      details: { successor_used: successorUsed, from_other_network: network === THIEF },
    },
  ])
})

test('that the thief renewed from far away is part of it, and nothing of its own', async () => {
  await reuse(HOME, true)
  const event = { type: 'token_refreshed', client: from(THIEF), ...account } as const
  await putEvents([{ at: secondsLater(NOW, -30), event }])
  expect(await findSuspicious(NOW)).toMatchObject([{ pattern: 'refresh_token_reuse' }])
})

test('one from before the window is no news', async () => {
  await reuse(THIEF, true, secondsLater(NOW, -3600.001))
  expect(await findSuspicious(NOW)).toEqual([])
})
