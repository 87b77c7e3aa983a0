import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from '#lib/watch/patterns/detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const SPRAYER = '198.51.100.7'

beforeEach(emptyTables)

/** Each an account of its own, every third of them none that exists. */
const spray = (count: number, end = NOW, network = SPRAYER) =>
  failures(count, end, (index) =>
    index % 3 ? { userId: randomUUID(), network } : { email: `${randomUUID()}@example.com`, network },
  )

const logins = (count: number) =>
  Array.from({ length: count }, () =>
    happening('login', NOW, { userId: randomUUID(), sessionId: randomUUID(), network: SPRAYER }),
  )

test('finds failures on ten accounts from one network, but not on nine', async () => {
  await putEvents(...spray(9))
  expect(await detectFindings(NOW)).toEqual([])
  const first = secondsLater(NOW, -3600)
  await putEvents(...spray(1, first))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'password_spraying',
      subject: SPRAYER,
      userId: null,
      sessionId: null,
      network: SPRAYER,
      networks: [{ network: SPRAYER, count: 10, isSuspect: true }],
      networkCount: 1,
      confidence: 'medium',
      count: 10,
      details: { accounts: 10, failures: 10, logged_in: 0 },
      firstSeenAt: first,
      lastSeenAt: NOW,
    },
  ])
})

test('ignores a tenth account before the window', async () => {
  await putEvents(...spray(9), ...spray(1, secondsLater(NOW, -3600.001)))
  expect(await detectFindings(NOW)).toEqual([])
})

test('finds no spraying in ten failures of one account or from ten networks', async () => {
  const userId = randomUUID()
  await putEvents(...failures(10, NOW, () => ({ userId, network: SPRAYER })))
  for (let host = 1; host <= 10; host++) await putEvents(...spray(1, NOW, `192.0.2.${host}`))
  expect(await detectFindings(NOW)).toEqual([])
})

test('ignores accounts that log in after a mistyped password', async () => {
  const userIds = Array.from({ length: 40 }, () => randomUUID())
  await putEvents(
    ...failures(40, NOW, (index) => ({ userId: userIds[index] ?? '', network: SPRAYER })),
    ...userIds
      .slice(9)
      .map((userId) => happening('login', NOW, { userId, sessionId: randomUUID(), network: SPRAYER })),
  )
  expect(await detectFindings(NOW)).toEqual([])
})

test.each([
  [10, 0, 'medium'],
  [19, 0, 'medium'],
  [20, 0, 'high'],
  [20, 1, 'medium'],
  [20, 20, 'low'],
])('%i accounts while %i others logged in have the confidence %s', async (accounts, others, confidence) => {
  await putEvents(...spray(accounts), ...logins(others))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'password_spraying', confidence }])
})

test('reports hundreds of failures as one finding', async () => {
  const userIds = Array.from({ length: 20 }, () => randomUUID())
  await putEvents(...failures(400, NOW, (index) => ({ userId: userIds[index % 20] ?? '', network: SPRAYER })))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'password_spraying', count: 20 }])
})

test('does not find a saved spraying again as a lesser pattern while it leaves its window', async () => {
  const userIds = [randomUUID(), randomUUID(), randomUUID()]
  await putEvents(...failures(40, NOW, (index) => ({ userId: userIds[index % 3] ?? '', network: SPRAYER })))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'address_failures' }])
  const kept = { pattern: 'password_spraying', subject: SPRAYER, confidence: 'high', count: 12, details: {} }
  await db().finding.create({ data: { ...kept, firstSeenAt: NOW, lastSeenAt: NOW } })
  expect(await detectFindings(NOW)).toEqual([])
})
