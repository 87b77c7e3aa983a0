import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { truncateAll } from '#lib/testing/database'
import { failure, from, putEvents, success, times } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const ada = randomUUID()
const ago = (seconds: number) => secondsLater(NOW, -seconds)

beforeEach(truncateAll)

test('19 failures are none, 20 are found, with who and since when', async () => {
  await putEvents(times(19, (i) => failure(ada, '192.0.2.1', ago(600 - i))))
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(ada, '192.0.2.1', ago(1))])
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'account_failures',
      subject: ada,
      userId: ada,
      sessionId: null,
      network: '192.0.2.1',
      confidence: 'low',
      count: 20,
      firstSeenAt: ago(600),
      lastSeenAt: ago(1),
      details: { failures: 20, networks: 1, busiest_network: '192.0.2.1' },
    },
  ])
})

test('an account that does not exist is named by what was typed', async () => {
  await putEvents(times(20, (i) => failure('nobody@example.com', '192.0.2.1', ago(i))))
  expect(await findSuspicious(NOW)).toMatchObject([{ subject: 'nobody@example.com', userId: null }])
})

test('what is as old as the window counts, what is older or still to come does not', async () => {
  const [last, ...others] = times(20, (i) => failure(ada, '192.0.2.1', ago(3600 - i)))
  await putEvents([...others, failure(ada, '192.0.2.1', secondsLater(NOW, 0.001))])
  await putEvents([failure(ada, '192.0.2.1', ago(3600.001))])
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([last!])
  expect(await findSuspicious(NOW)).toHaveLength(1)
})

test.each([
  [1, 'low'],
  [2, 'medium'],
  [9, 'medium'],
  [10, 'high'],
])('from %i networks it is of %s confidence', async (networks, confidence) => {
  await putEvents(times(20, (i) => failure(ada, `192.0.2.${i % networks}`, ago(i))))
  expect(await findSuspicious(NOW)).toMatchObject([{ confidence, details: { networks } }])
})

test('refusals by the throttles of log-ins count, those of others do not', async () => {
  await putEvents(times(19, (i) => failure(ada, '192.0.2.1', ago(i))))
  const client = from('192.0.2.1')
  const throttled = { type: 'throttled', client, userId: ada } as const
  await putEvents([{ at: NOW, event: { ...throttled, failureReason: 'refresh.session' } }])
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([{ at: NOW, event: { ...throttled, failureReason: 'login.pair' } }])
  expect(await findSuspicious(NOW)).toMatchObject([{ pattern: 'account_failures', count: 20 }])
})

test('failures before a log-in are not told again: those since then count', async () => {
  await putEvents([
    ...times(9, (i) => failure(ada, '192.0.2.1', ago(200 - i))),
    success(ada, '198.51.100.1', ago(100)),
    ...times(19, (i) => failure(ada, '192.0.2.1', ago(50 - i))),
  ])
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(ada, '192.0.2.1', ago(1))])
  expect(await findSuspicious(NOW)).toMatchObject([{ pattern: 'account_failures', count: 20 }])
})
