import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { COMMAND_LINE } from '#lib/auth/operator/command-line'
import { db } from '#lib/db/client'
import { nodeEnv } from '#lib/env/node'
import { log } from '#lib/log'
import { truncateAll } from '#lib/testing/database'
import { failure, putEvents, success, times } from '#lib/testing/event-trail'
import { allEvents, secondsLater } from '#lib/testing/factories'
import { handleFinding } from './handle-finding'
import { watch } from './watch'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const HOUR = 3600
const ATTACKER = '192.0.2.66'
const ada = randomUUID()

beforeEach(truncateAll)
afterEach(() => {
  vi.restoreAllMocks()
  nodeEnv().alertWebhook = null
})

/** As many failures as make a finding, one a second up to a moment. */
const attack = (end: Date, network = ATTACKER) =>
  putEvents(times(20, (i) => failure(ada, network, secondsLater(end, -i))))
const findings = () => db().finding.findMany({ orderBy: { id: 'asc' } })
const alertEvents = async () => (await allEvents()).filter(({ eventType }) => eventType === 'alert')

test('a finding is kept, and told by an event and a log line', async () => {
  const warn = vi.spyOn(log(), 'warn')
  await attack(NOW)
  const [raised] = await watch(NOW)
  expect(await findings()).toMatchObject([
    {
      id: raised?.id,
      pattern: 'account_failures',
      subject: ada,
      confidence: 'low',
      count: 20,
      lastSeenAt: NOW,
    },
  ])
  expect(await alertEvents()).toMatchObject([
    {
      success: true,
      userId: ada,
      ipAddress: null,
      network: 'local',
      details: { pattern: 'account_failures', finding_id: raised?.id, confidence: 'low', network: ATTACKER },
    },
  ])
  expect(warn.mock.calls).toEqual([
    [{ alert: expect.objectContaining({ finding_id: raised?.id, pattern: 'account_failures', count: 20 }) }],
  ])
})

test('the outbox is filled where there is a webhook, and only there', async () => {
  await attack(NOW)
  await watch(NOW)
  expect(await db().alert.count()).toBe(0)
  nodeEnv().alertWebhook = { url: new URL('https://example.com'), secret: 'x', allowsPrivate: false }
  await attack(NOW, '192.0.2.67')
  const [raised] = await watch(secondsLater(NOW, 1))
  expect(await db().alert.findMany()).toMatchObject([
    {
      findingId: raised?.id,
      nextAttemptAt: secondsLater(NOW, 1),
      attempts: 0,
      body: {
        type: 'finding.alert',
        timestamp: '2026-11-20T12:00:01.000Z',
        data: { finding_id: raised?.id, pattern: 'account_failures', user_id: ada, confidence: 'medium' },
      },
    },
  ])
})

test('what goes on extends the finding, and alerts only when it becomes surer', async () => {
  await attack(NOW)
  await watch(NOW)
  const later = secondsLater(NOW, 60)
  await attack(later)
  expect(await watch(later)).toEqual([])
  const begin = secondsLater(NOW, -19)
  expect(await findings()).toMatchObject([{ count: 40, firstSeenAt: begin, lastSeenAt: later }])
  await putEvents([failure(ada, '203.0.113.1', later)])
  expect(await watch(later)).toMatchObject([{ confidence: 'medium', network: null }])
  expect(await findings()).toHaveLength(1)
  expect(await alertEvents()).toHaveLength(2)
})

test('a weaker look takes nothing back', async () => {
  await attack(NOW)
  await putEvents([failure(ada, '203.0.113.1', secondsLater(NOW, -20))])
  await watch(NOW)
  // Only 20 of one network are left in the window, with a new one.
  const later = secondsLater(NOW, HOUR - 19)
  await putEvents([failure(ada, ATTACKER, later)])
  expect(await watch(later)).toEqual([])
  expect(await findings()).toMatchObject([
    { confidence: 'medium', count: 21, details: { failures: 21, networks: 2 }, lastSeenAt: later },
  ])
})

test('looking again at the same evidence writes nothing', async () => {
  await attack(NOW)
  await watch(NOW)
  const versions = () => db().$queryRaw`SELECT xmin::text FROM findings`
  const before = await versions()
  for (const seconds of [1, 15, 60]) expect(await watch(secondsLater(NOW, seconds))).toEqual([])
  expect(await alertEvents()).toHaveLength(1)
  expect(await versions()).toEqual(before)
})

describe('a handled finding', () => {
  const handledAt = secondsLater(NOW, 10)
  beforeEach(async () => {
    await attack(NOW)
    const [raised] = await watch(NOW)
    await handleFinding(COMMAND_LINE, raised!.id, handledAt)
  })

  test('stays closed while its evidence is still in the window', async () => {
    expect(await watch(secondsLater(NOW, 600))).toEqual([])
    expect(await findings()).toMatchObject([{ handledAt }])
  })

  test('is followed by another one when there is more evidence', async () => {
    await putEvents([failure(ada, ATTACKER, secondsLater(NOW, 11))])
    expect(await watch(secondsLater(NOW, 11))).toHaveLength(1)
    expect(await findings()).toMatchObject([
      { handledAt, lastSeenAt: NOW },
      { handledAt: null, count: 21 },
    ])
  })
})

test('after more than a day without evidence the same attack is a new finding', async () => {
  await attack(NOW)
  await watch(NOW)
  const [soon, late] = [secondsLater(NOW, 24 * HOUR), secondsLater(NOW, 48 * HOUR + 1)]
  await attack(soon)
  expect(await watch(soon)).toEqual([])
  await attack(late)
  expect(await watch(late)).toHaveLength(1)
  expect(await findings()).toHaveLength(2)
})

test('old evidence under a threshold of days is told once', async () => {
  const limits = nodeEnv().alertThresholds
  limits.account_failures = { count: 20, seconds: 96 * HOUR }
  try {
    await attack(NOW)
    await watch(NOW)
    expect(await watch(secondsLater(NOW, 72 * HOUR))).toEqual([])
    expect(await findings()).toHaveLength(1)
  } finally {
    delete limits.account_failures
  }
})

test('a network that first failed often and then on many accounts stays one finding, named by the latter', async () => {
  const accounts = times(12, (i) => `nobody-${i}@example.com`)
  await putEvents(times(36, (i) => failure(accounts[i % 9]!, ATTACKER, NOW)))
  expect(await watch(NOW)).toMatchObject([{ pattern: 'address_failures', count: 36 }])
  const later = secondsLater(NOW, 30)
  await putEvents(accounts.map((account) => failure(account, ATTACKER, later)))
  expect(await watch(later)).toEqual([])
  expect(await findings()).toMatchObject([
    { pattern: 'password_spraying', count: 12, details: { accounts: 12 } },
  ])
  await putEvents(times(40, (i) => failure(accounts[i % 9]!, ATTACKER, secondsLater(NOW, HOUR + 60))))
  expect(await watch(secondsLater(NOW, HOUR + 60))).toEqual([])
  expect(await findings()).toMatchObject([{ pattern: 'password_spraying', count: 12 }])
})

test('many instances at once make one finding and one alert', async () => {
  await attack(NOW)
  await putEvents([success(ada, '198.51.100.1', secondsLater(NOW, -7200))])
  const raised = await Promise.all(times(6, () => watch(NOW)))
  expect(raised.flat()).toHaveLength(1)
  expect(await findings()).toHaveLength(1)
  expect(await alertEvents()).toHaveLength(1)
})

test('while another instance looks, this one leaves it alone', async () => {
  await attack(NOW)
  await db().$transaction(async (tx) => {
    // The number that all instances have agreed on.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(7415002)::text`
    expect(await watch(NOW)).toEqual([])
  })
  expect(await watch(NOW)).toHaveLength(1)
})
