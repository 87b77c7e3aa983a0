import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { listFindings } from './list-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const HOUR = 3600

beforeEach(emptyTables)

type Own = { userId?: string; network?: string; lastSeenAt?: Date; handledAt?: Date }

async function put(subject: string, own: Own = {}): Promise<string> {
  const lastSeenAt = own.lastSeenAt ?? NOW
  const common = { pattern: 'password_spraying', confidence: 'low', firstSeenAt: lastSeenAt, count: 10 }
  const { id } = await db().finding.create({
    data: { subject, ...common, details: { accounts: 10 }, ...own, lastSeenAt },
  })
  return id
}

const subjects = async (state: 'open' | 'past') =>
  (await listFindings(COMMAND_LINE, { state, now: NOW })).findings.map(({ subject }) => subject)

test('lists unhandled findings with evidence of the last 24 hours as open, all others as past', async () => {
  await put('just now')
  await put('a day ago', { lastSeenAt: secondsLater(NOW, -24 * HOUR) })
  await put('longer ago', { lastSeenAt: secondsLater(NOW, -24 * HOUR - 1) })
  await put('handled', { handledAt: NOW })
  expect(await subjects('open')).toEqual(['just now', 'a day ago'])
  expect(await subjects('past')).toEqual(['handled', 'longer ago'])
})

test('returns the account’s email while the account exists', async () => {
  const user = await createUser({ email: 'ada@example.com' })
  await put('known', { userId: user.id })
  await put('deleted', { userId: '018f0000-0000-7000-8000-000000000000', lastSeenAt: secondsLater(NOW, -1) })
  const { findings } = await listFindings(COMMAND_LINE, { state: 'open', now: NOW })
  expect(findings.map(({ email }) => email)).toEqual(['ada@example.com', null])
})

test('lists the network of an earlier version’s finding, as the suspect only if it is the subject', async () => {
  await put('192.0.2.1', { network: '192.0.2.1' })
  await put('an account', { network: '192.0.2.1', lastSeenAt: secondsLater(NOW, -1) })
  await put('nothing', { lastSeenAt: secondsLater(NOW, -2) })
  const { findings } = await listFindings(COMMAND_LINE, { state: 'open', now: NOW })
  expect(findings.map(({ networks, networkCount }) => [networks, networkCount])).toEqual([
    [[{ network: '192.0.2.1', count: 10, isSuspect: true }], 1],
    [[{ network: '192.0.2.1', count: 10, isSuspect: false }], 1],
    [[], 0],
  ])
})

test('pages have no gap and no repetition, also among findings of the same time', async () => {
  for (let i = 0; i < 5; i++) await put(`one moment ${i}`)
  await put('later', { lastSeenAt: secondsLater(NOW, 1) })
  await put('earlier', { lastSeenAt: secondsLater(NOW, -1) })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listFindings(COMMAND_LINE, { state: 'open', limit: 2, cursor, now: NOW })
    seen.push(...page.findings.map(({ subject }) => subject))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toHaveLength(7)
  expect(new Set(seen).size).toBe(7)
  expect([seen[0], seen[6]]).toEqual(['later', 'earlier'])
})
