import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { truncateAll } from '#lib/testing/database'
import { from, putEvents, times } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')

beforeEach(truncateAll)

/** So many, one a second up to now, of which the first come from one network and the rest from one each. */
function signups(count: number, ofOne = 0, end = NOW) {
  return times(count, (i) => ({
    at: secondsLater(end, i + 1 - count),
    event: {
      type: 'signup' as const,
      client: from(i < ofOne ? '192.0.2.66' : `203.0.${i % 256}.1`),
      ...{ userId: randomUUID(), sessionId: randomUUID() },
    },
  }))
}

test('29 are none, 30 are found', async () => {
  await putEvents(signups(29))
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents(signups(1))
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'signup_burst',
      subject: 'instance',
      userId: null,
      sessionId: null,
      network: null,
      confidence: 'low',
      count: 30,
      firstSeenAt: secondsLater(NOW, -28),
      lastSeenAt: NOW,
      details: { signups: 30, networks: 29 },
    },
  ])
})

test('what happened before the window, and what failed, does not count', async () => {
  const failed = { type: 'signup', client: from('192.0.2.66'), failureReason: 'email_taken' } as const
  await putEvents([...signups(29), ...signups(1, 0, secondsLater(NOW, -600.001)), { at: NOW, event: failed }])
  expect(await findSuspicious(NOW)).toEqual([])
})

test.each([
  [30, 15, 'low', null],
  [30, 16, 'medium', '192.0.2.66'],
  [60, 30, 'medium', null],
  [60, 31, 'high', '192.0.2.66'],
])(
  '%i sign-ups, %i of them from one network, are of %s confidence',
  async (count, ofOne, confidence, network) => {
    await putEvents(signups(count, ofOne))
    expect(await findSuspicious(NOW)).toMatchObject([{ confidence, network }])
  },
)
