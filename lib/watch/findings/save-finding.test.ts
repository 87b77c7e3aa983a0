import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import type { CandidateFinding } from '../patterns/candidate-finding.ts'
import { listNetworks } from '../patterns/network-evidence.ts'
import { runChecks } from '../run-checks.ts'
import { saveFinding } from './save-finding.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const HOME = '192.0.2.1'
const ATTACKER = '203.0.113.9'
const userId = randomUUID()
const [stolen, own] = [randomUUID(), randomUUID()]

beforeEach(emptyTables)

const candidate = (given: Partial<CandidateFinding>): CandidateFinding => ({
  pattern: 'login_after_failures',
  subject: userId,
  userId,
  sessionId: null,
  ...listNetworks([], { suspect: null }),
  confidence: 'medium',
  count: 10,
  details: {},
  firstSeenAt: NOW,
  lastSeenAt: NOW,
  ...given,
})
const kept = () => db().finding.findFirstOrThrow()
const logIn = (network: string, sessionId: string, at: Date) =>
  happening('login', at, { userId, sessionId, network })
const guesses = (count: number, network: string, end: Date) =>
  failures(count, end, () => ({ userId, network }))

test('keeps the attacker’s network and session when the owner mistypes and logs in afterwards', async () => {
  await putEvents(...guesses(400, ATTACKER, secondsLater(NOW, -60)))
  await putEvents(logIn(ATTACKER, stolen, secondsLater(NOW, -30)))
  await runChecks(secondsLater(NOW, -15))
  await putEvents(...guesses(3, HOME, secondsLater(NOW, -2)), logIn(HOME, own, NOW))
  await runChecks(NOW)
  const finding = await db().finding.findFirstOrThrow({ where: { pattern: 'login_after_failures' } })
  expect(finding).toMatchObject({
    network: ATTACKER,
    sessionId: stolen,
    lastSeenAt: NOW,
    networks: [
      { network: ATTACKER, count: 401, isSuspect: true },
      { network: HOME, count: 4, isSuspect: false },
    ],
    networkCount: 2,
  })
})

test('merges networks to the same result in any order of evidence', async () => {
  const candidates = [
    candidate(listNetworks([{ network: ATTACKER, count: 10 }], { suspect: ATTACKER })),
    candidate({
      confidence: 'high',
      count: 12,
      ...listNetworks(
        [
          { network: HOME, count: 12 },
          { network: ATTACKER, count: 4 },
        ],
        { suspect: null },
      ),
    }),
    candidate(listNetworks([{ network: '198.51.100.7', count: 9 }], { suspect: '198.51.100.7' })),
  ]
  for (const [a, b, c] of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const) {
    await emptyTables()
    for (const index of [a, b, c]) await saveFinding(db(), candidates[index]!)
    expect(await kept()).toMatchObject({
      network: ATTACKER,
      networks: [
        { network: ATTACKER, count: 10, isSuspect: true },
        { network: '198.51.100.7', count: 9, isSuspect: true },
        { network: HOME, count: 12, isSuspect: false },
      ],
      networkCount: 3,
    })
  }
})

test('saves weaker evidence of a new network without an alert', async () => {
  await saveFinding(
    db(),
    candidate({ count: 20, ...listNetworks([{ network: ATTACKER, count: 20 }], { suspect: ATTACKER }) }),
  )
  const weaker = candidate(listNetworks([{ network: HOME, count: 1 }], { suspect: null }))
  expect(await saveFinding(db(), weaker)).toBeNull()
  expect(await kept()).toMatchObject({ count: 20, network: ATTACKER, networkCount: 2 })
})

test('replaces the network of an earlier version’s finding by the new evidence', async () => {
  const { networks: _, networkCount: __, ...old } = candidate({})
  await db().finding.create({ data: { ...old, network: HOME } })
  await saveFinding(db(), candidate(listNetworks([{ network: ATTACKER, count: 10 }], { suspect: ATTACKER })))
  expect(await kept()).toMatchObject({ network: ATTACKER, networkCount: 1 })
})
