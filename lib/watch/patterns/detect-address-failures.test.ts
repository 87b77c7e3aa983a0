import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from '#lib/watch/patterns/detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const ATTACKER = '2001:db8:1:2::/64'

beforeEach(emptyTables)

/** Failures spread over so many accounts. */
function guesses(count: number, accounts: number, network: string = ATTACKER, end = NOW) {
  const userIds = Array.from({ length: accounts }, () => randomUUID())
  return failures(count, end, (index) => ({ userId: userIds[index % accounts] ?? '', network }))
}

const logins = (count: number) =>
  Array.from({ length: count }, () =>
    happening('login', NOW, { userId: randomUUID(), sessionId: randomUUID(), network: ATTACKER }),
  )

test('finds thirty failures over three accounts, but not twenty-nine', async () => {
  await putEvents(...guesses(29, 3))
  expect(await detectFindings(NOW)).toEqual([])
  const first = secondsLater(NOW, -3600)
  await putEvents(...guesses(1, 1, ATTACKER, first))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'address_failures',
      subject: ATTACKER,
      userId: null,
      sessionId: null,
      network: ATTACKER,
      networks: [{ network: ATTACKER, count: 30, isSuspect: true }],
      networkCount: 1,
      confidence: 'medium',
      count: 30,
      details: { failures: 30, accounts: 4, logins: 0 },
      firstSeenAt: first,
      lastSeenAt: NOW,
    },
  ])
})

test('ignores a thirtieth failure before the window', async () => {
  await putEvents(...guesses(29, 3), ...guesses(1, 1, ATTACKER, secondsLater(NOW, -3600.001)))
  expect(await detectFindings(NOW)).toEqual([])
})

test('reports failures over two accounts by account', async () => {
  await putEvents(...guesses(30, 2))
  expect(await detectFindings(NOW)).toEqual([])
  await putEvents(...guesses(1, 1))
  const patterns = (await detectFindings(NOW)).map(({ pattern }) => pattern)
  expect(patterns).toEqual(['address_failures'])
})

test('finds nothing where a minority of a shared address’s log-ins fail', async () => {
  await putEvents(...guesses(32, 9), ...logins(9))
  expect(await detectFindings(NOW)).toEqual([])
})

test('finds an attacker who logs in to an account of their own in between', async () => {
  const own = { userId: randomUUID(), network: ATTACKER }
  const decoys = Array.from({ length: 30 }, () =>
    happening('login', NOW, { ...own, sessionId: randomUUID() }),
  )
  await putEvents(...guesses(30, 4), ...decoys)
  expect(await detectFindings(NOW)).toMatchObject([
    { pattern: 'address_failures', confidence: 'low', details: { failures: 30, logins: 1 } },
  ])
})

test.each([
  [30, 0, 'medium'],
  [89, 0, 'medium'],
  [90, 0, 'high'],
  [90, 1, 'low'],
  [32, 8, 'low'],
])('%i failures and %i log-ins have the confidence %s', async (count, others, confidence) => {
  await putEvents(...guesses(count, 9), ...logins(others))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'address_failures', confidence }])
})

test('reports a busy account with its network and not a second time', async () => {
  await putEvents(...guesses(25, 1), ...guesses(6, 3))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'address_failures', count: 31 }])
})
