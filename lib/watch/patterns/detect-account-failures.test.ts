import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from '#lib/watch/patterns/detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')

beforeEach(emptyTables)

const found = async () => (await detectFindings(NOW)).map(({ pattern }) => pattern)

test('finds twenty failures to one account, but not nineteen', async () => {
  const userId = randomUUID()
  await putEvents(...failures(19, NOW, () => ({ userId, network: '192.0.2.1' })))
  expect(await detectFindings(NOW)).toEqual([])
  const first = secondsLater(NOW, -3600)
  await putEvents(happening('login_failed', first, { userId, failureReason: 'x', network: '192.0.2.1' }))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'account_failures',
      subject: userId,
      userId,
      sessionId: null,
      network: '192.0.2.1',
      networks: [{ network: '192.0.2.1', count: 20, isSuspect: true }],
      networkCount: 1,
      confidence: 'low',
      count: 20,
      details: { failures: 20, networks: 1, busiest_network: '192.0.2.1' },
      firstSeenAt: first,
      lastSeenAt: NOW,
    },
  ])
})

test('ignores failures before the window and after now', async () => {
  const userId = randomUUID()
  await putEvents(
    ...failures(18, NOW, () => ({ userId })),
    happening('login_failed', secondsLater(NOW, -3600.001), { userId, failureReason: 'x' }),
    happening('login_failed', secondsLater(NOW, 0.001), { userId, failureReason: 'x' }),
  )
  expect(await detectFindings(NOW)).toEqual([])
})

test.each([
  [1, 'low'],
  [2, 'medium'],
  [9, 'medium'],
  [10, 'high'],
])('from %i networks the confidence is %s', async (networks, confidence) => {
  const userId = randomUUID()
  await putEvents(...failures(20, NOW, (index) => ({ userId, network: `192.0.2.${index % networks}` })))
  expect(await detectFindings(NOW)).toMatchObject([{ confidence, details: { networks } }])
})

test('uses what was typed as the subject where no account has it', async () => {
  await putEvents(...failures(20, NOW, () => ({ email: 'admin@example.com' })))
  expect(await detectFindings(NOW)).toMatchObject([{ subject: 'admin@example.com', userId: null }])
})

test('finds an existing account among any number of invented emails', async () => {
  const userId = randomUUID()
  await putEvents(
    ...failures(20, NOW, (index) => ({ userId, network: `192.0.2.${index}` })),
    ...failures(2100, NOW, (index) => ({ email: `${index % 100}@example.com`, network: `10.0.${index}` })),
  )
  const candidates = await detectFindings(NOW)
  expect(candidates).toHaveLength(100)
  expect(candidates[0]).toMatchObject({ subject: userId, count: 20 })
})

test('counts refusals by throttles of failed log-ins only', async () => {
  const userId = randomUUID()
  const throttled = (failureReason: string) => happening('throttled', NOW, { userId, failureReason })
  await putEvents(
    ...failures(19, NOW, () => ({ userId })),
    throttled('refresh.session'),
    throttled('login.work'),
    throttled('login.work.pair'),
  )
  expect(await found()).toEqual([])
  await putEvents(throttled('login.pair'))
  expect(await found()).toEqual(['account_failures'])
})

test('ignores failures before the account’s last log-in', async () => {
  const userId = randomUUID()
  const login = secondsLater(NOW, -20)
  await putEvents(
    ...failures(9, secondsLater(login, -1), () => ({ userId })),
    happening('login', login, { userId, sessionId: randomUUID() }),
    ...failures(19, NOW, () => ({ userId })),
  )
  expect(await found()).toEqual([])
  await putEvents(happening('login_failed', NOW, { userId, failureReason: 'x' }))
  expect(await found()).toEqual(['account_failures'])
})

test('finds nothing in one failure each of twenty accounts and networks', async () => {
  await putEvents(...failures(20, NOW, (index) => ({ userId: randomUUID(), network: `192.0.2.${index}` })))
  expect(await found()).toEqual([])
})
