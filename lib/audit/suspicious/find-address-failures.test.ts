import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { truncateAll } from '#lib/testing/database'
import { failure, putEvents, success, times } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const NETWORK = '2001:db8:0:1::/64'
const accounts = times(5, () => randomUUID())
const ago = (seconds: number) => secondsLater(NOW, -seconds)

beforeEach(truncateAll)

const fail = (count: number, of = 3) =>
  times(count, (i) => failure(accounts[i % of]!, NETWORK, ago(count - i)))
/** Of people who have nothing to do with it. */
const succeed = (count: number) => times(count, () => success(randomUUID(), NETWORK, ago(30)))

test('29 failures are none, 30 over three accounts are found', async () => {
  await putEvents(fail(29))
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(accounts[0]!, NETWORK, NOW)])
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'address_failures',
      subject: NETWORK,
      userId: null,
      sessionId: null,
      network: NETWORK,
      confidence: 'medium',
      count: 30,
      firstSeenAt: ago(29),
      lastSeenAt: NOW,
      details: { failures: 30, accounts: 3, logins: 0 },
    },
  ])
})

test('over two accounts it is a matter of the accounts', async () => {
  await putEvents(fail(38, 2))
  expect(await findSuspicious(NOW)).toEqual([])
})

test('with 80 percent of failures it is found, with fewer it is none', async () => {
  await putEvents([...fail(40), ...succeed(10)])
  expect(await findSuspicious(NOW)).toMatchObject([
    { confidence: 'low', details: { failures: 40, logins: 10 } },
  ])
  await putEvents(succeed(1))
  expect(await findSuspicious(NOW)).toEqual([])
})

test('what happened before the window does not count', async () => {
  await putEvents([...fail(29), failure(accounts[0]!, NETWORK, ago(3600.001))])
  expect(await findSuspicious(NOW)).toEqual([])
})

test.each([
  [89, 'medium'],
  [90, 'high'],
])('%i failures without any success are of %s confidence', async (count, confidence) => {
  await putEvents(fail(count, 5))
  expect(await findSuspicious(NOW)).toMatchObject([{ pattern: 'address_failures', confidence }])
})
