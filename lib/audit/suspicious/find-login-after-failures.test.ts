import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { truncateAll } from '#lib/testing/database'
import { failure, putEvents, success, times } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const [HOME, ATTACKER, OTHER] = ['198.51.100.1', '192.0.2.66', '203.0.113.5']
const ada = randomUUID()
const ago = (seconds: number) => secondsLater(NOW, -seconds)

beforeEach(truncateAll)

const fail = (count: number, network = ATTACKER) => times(count, (i) => failure(ada, network, ago(600 - i)))

test('nine failures and a log-in are a forgotten password, ten are found, with the session', async () => {
  const sessionId = randomUUID()
  await putEvents([...fail(9), success(ada, ATTACKER, NOW, sessionId)])
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(ada, ATTACKER, ago(1))])
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'login_after_failures',
      subject: ada,
      userId: ada,
      sessionId,
      network: ATTACKER,
      confidence: 'high',
      count: 10,
      firstSeenAt: ago(600),
      lastSeenAt: NOW,
      details: { failures: 10, networks: 1, from_failing_network: true, from_new_network: true },
    },
  ])
})

test('however many failures there were, the log-in explains them', async () => {
  await putEvents([...fail(50), success(ada, ATTACKER, NOW)])
  expect(await findSuspicious(NOW)).toMatchObject([{ pattern: 'login_after_failures', count: 50 }])
})

test('failures after the log-in, or of somebody else, are none', async () => {
  await putEvents([...fail(9), success(ada, ATTACKER, ago(300)), failure(ada, ATTACKER, NOW)])
  await putEvents(times(10, (i) => failure(randomUUID(), `192.0.2.${i}`, ago(400))))
  expect(await findSuspicious(NOW)).toEqual([])
})

test('failures count for an hour before the log-in', async () => {
  await putEvents([...fail(9), success(ada, ATTACKER, NOW), failure(ada, ATTACKER, ago(3600.001))])
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(ada, ATTACKER, ago(3599))])
  expect(await findSuspicious(NOW)).toHaveLength(1)
})

describe('confidence', () => {
  test.each([
    ['the network that failed, new to the account', ATTACKER, 'high'],
    ['a network new to the account', OTHER, 'medium'],
    ['a known network', HOME, 'low'],
  ])('a log-in from %s', async (_, network, confidence) => {
    await putEvents([success(ada, HOME, ago(90_000)), ...fail(10), success(ada, network, NOW)])
    expect(await findSuspicious(NOW)).toMatchObject([{ network, confidence }])
  })

  test('an owner who remembers at home in the end is of medium confidence', async () => {
    await putEvents([success(ada, HOME, ago(90_000)), ...fail(10, HOME), success(ada, HOME, NOW)])
    expect(await findSuspicious(NOW)).toMatchObject([{ confidence: 'medium' }])
  })

  test('a network is not known by what happened since the first failure', async () => {
    await putEvents([...fail(10), success(ada, ATTACKER, ago(60)), success(ada, ATTACKER, NOW)])
    expect(await findSuspicious(NOW)).toMatchObject([{ confidence: 'high' }, { confidence: 'high' }])
  })
})
