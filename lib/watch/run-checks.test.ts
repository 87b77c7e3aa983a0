import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { takeLock } from '#lib/db/locks.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { handleFinding } from './findings/handle-finding.ts'
import { runChecks } from './run-checks.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const later = (seconds: number) => secondsLater(NOW, seconds)

let userId: string

beforeEach(async () => {
  await emptyTables()
  userId = randomUUID()
})

afterEach(() => {
  vi.restoreAllMocks()
  nodeEnv().alertWebhook = null
})

const attack = (count: number, end = NOW, network = '192.0.2.1') =>
  putEvents(...failures(count, end, () => ({ userId, network })))
const findings = () => db().finding.findMany({ orderBy: { firstSeenAt: 'asc' } })
const alertEvents = () => db().authEvent.findMany({ where: { eventType: 'alert' } })

function configureWebhook(): void {
  nodeEnv().alertWebhook = {
    url: new URL('https://example.com/hook'),
    secret: 's'.repeat(32),
    allowsPrivate: false,
  }
}

test('saves and reports nothing without a pattern', async () => {
  await attack(19)
  expect(await runChecks(NOW)).toEqual([])
  expect(await findings()).toEqual([])
  expect(await alertEvents()).toEqual([])
})

test('turns a pattern into a finding, an alert event, a log line and a webhook call', async () => {
  configureWebhook()
  const warn = vi.spyOn(log(), 'warn')
  await attack(20)
  await runChecks(NOW)

  const [finding, ...more] = await findings()
  expect(more).toEqual([])
  expect(finding).toMatchObject({
    pattern: 'account_failures',
    subject: userId,
    userId,
    confidence: 'low',
    firstSeenAt: later(-19),
    lastSeenAt: NOW,
    count: 20,
    handledAt: null,
  })
  const id = finding?.id
  expect(await alertEvents()).toMatchObject([
    {
      success: true,
      userId,
      ipAddress: null,
      userAgent: null,
      createdAt: expect.any(Date),
      details: { finding_id: id, pattern: 'account_failures', confidence: 'low', network: '192.0.2.1' },
    },
  ])
  expect(warn.mock.calls).toEqual([
    [
      {
        job: 'watch',
        alert: {
          type: 'finding.opened',
          finding_id: id,
          pattern: 'account_failures',
          confidence: 'low',
          count: 20,
          user_id: userId,
          session_id: null,
          network: '192.0.2.1',
          networks: [{ network: '192.0.2.1', count: 20, suspect: true }],
          network_count: 1,
        },
      },
    ],
  ])
  expect(await db().alert.findMany()).toMatchObject([
    {
      findingId: id,
      attempts: 0,
      nextAttemptAt: NOW,
      deliveredAt: null,
      body: {
        type: 'finding.opened',
        finding: {
          id,
          pattern: 'account_failures',
          subject: userId,
          user_id: userId,
          session_id: null,
          network: '192.0.2.1',
          networks: [{ network: '192.0.2.1', count: 20, suspect: true }],
          network_count: 1,
          confidence: 'low',
          first_seen_at: later(-19).toISOString(),
          last_seen_at: NOW.toISOString(),
          count: 20,
          details: { failures: 20, networks: 1, busiest_network: '192.0.2.1' },
        },
      },
    },
  ])
})

test('does not log what was typed in place of an email', async () => {
  const warn = vi.spyOn(log(), 'warn')
  await putEvents(...failures(20, NOW, () => ({ email: 'my-secret@example.com' })))
  expect(await runChecks(NOW)).toHaveLength(1)
  expect(JSON.stringify(warn.mock.calls)).not.toContain('my-secret')
})

test('queues no webhook call without a webhook', async () => {
  await attack(20)
  expect(await runChecks(NOW)).toHaveLength(1)
  expect(await db().alert.count()).toBe(0)
})

test('a second check of the same events changes nothing', async () => {
  await attack(20)
  await runChecks(NOW)
  const before = await findings()
  for (const seconds of [15, 1800, 3575]) expect(await runChecks(later(seconds))).toEqual([])
  expect(await findings()).toEqual(before)
})

test('a continued attack extends its finding and alerts again only at a higher confidence', async () => {
  configureWebhook()
  await attack(20)
  await runChecks(NOW)
  await attack(5, later(600))
  expect(await runChecks(later(600))).toEqual([])
  expect(await findings()).toMatchObject([
    { firstSeenAt: later(-19), lastSeenAt: later(600), count: 25, confidence: 'low', network: '192.0.2.1' },
  ])
  await attack(1, later(700), '198.51.100.7')
  expect(await runChecks(later(700))).toMatchObject([
    { type: 'finding.rose', confidence: 'medium', network: '192.0.2.1' },
  ])
  expect(await findings()).toMatchObject([
    {
      lastSeenAt: later(700),
      count: 26,
      confidence: 'medium',
      network: '192.0.2.1',
      networks: [
        { network: '192.0.2.1', count: 25, isSuspect: true },
        { network: '198.51.100.7', count: 1, isSuspect: false },
      ],
      networkCount: 2,
      details: { networks: 2 },
    },
  ])
  const alerts = await db().alert.findMany({ orderBy: { id: 'asc' } })
  expect(alerts.map(({ body }) => (body as { type: string }).type)).toEqual([
    'finding.opened',
    'finding.rose',
  ])
  expect(await alertEvents()).toHaveLength(2)
})

test('keeps the strongest evidence while an attack fades', async () => {
  await attack(60)
  await runChecks(NOW)
  await attack(19, later(3600))
  await attack(20, later(3620))
  await runChecks(later(3700))
  expect(await findings()).toMatchObject([{ firstSeenAt: later(-59), lastSeenAt: later(3620), count: 60 }])
})

test('opens a new finding after a day without evidence', async () => {
  await attack(20)
  await runChecks(NOW)
  await attack(20, later(24 * 3600))
  await runChecks(later(24 * 3600))
  expect(await findings()).toHaveLength(1)
  await attack(20, later(48 * 3600 + 1))
  expect(await runChecks(later(48 * 3600 + 1))).toMatchObject([{ type: 'finding.opened' }])
  expect(await findings()).toHaveLength(2)
})

test('keeps a handled finding closed and opens one new finding for later evidence', async () => {
  await attack(20)
  const [alert] = await runChecks(NOW)
  await handleFinding(COMMAND_LINE, alert?.finding_id ?? '', { now: later(60) })
  expect(await runChecks(later(90))).toEqual([])
  expect(await findings()).toHaveLength(1)
  await attack(1, later(120))
  expect(await runChecks(later(120))).toMatchObject([{ type: 'finding.opened' }])
  expect(await runChecks(later(135))).toEqual([])
  const closed = (await findings()).map(({ handledAt }) => handledAt)
  expect(closed).toHaveLength(2)
  expect(closed).toEqual(expect.arrayContaining([later(60), null]))
})

test('saves two attacks as two findings', async () => {
  await attack(20)
  await putEvents(...failures(20, NOW, () => ({ email: 'b@example.com', network: '192.0.2.9' })))
  const patterns = (await runChecks(NOW)).map(({ pattern }) => pattern)
  expect(patterns).toEqual(['account_failures', 'account_failures'])
})

test('creates one finding and one alert when instances check in parallel', async () => {
  configureWebhook()
  await attack(20)
  const raised = await Promise.all(Array.from({ length: 8 }, () => runChecks(NOW)))
  expect(raised.flat()).toHaveLength(1)
  expect(await findings()).toHaveLength(1)
  expect(await alertEvents()).toHaveLength(1)
  expect(await db().alert.count()).toBe(1)
})

test('does nothing while another instance checks', async () => {
  await attack(20)
  await db().$transaction(async (tx) => {
    await takeLock(tx, 'watch')
    expect(await runChecks(NOW)).toEqual([])
  })
  expect(await runChecks(NOW)).toHaveLength(1)
})

test('a failed check saves and logs nothing, and the next one reports', async () => {
  configureWebhook()
  const warn = vi.spyOn(log(), 'warn')
  await attack(20)
  await db().$executeRaw`ALTER TABLE alerts ADD CONSTRAINT broken CHECK (false)`
  await expect(runChecks(NOW)).rejects.toThrow()
  await db().$executeRaw`ALTER TABLE alerts DROP CONSTRAINT broken`
  expect(await findings()).toEqual([])
  expect(await alertEvents()).toEqual([])
  expect(warn).not.toHaveBeenCalled()
  expect(await runChecks(NOW)).toHaveLength(1)
})
