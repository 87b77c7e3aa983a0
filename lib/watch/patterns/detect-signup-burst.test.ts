import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from '#lib/watch/patterns/detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const FARM = '198.51.100.7'

beforeEach(emptyTables)

/** Sign-ups, of which `fromFarm` come from one network and the others each from its own. */
const signUps = (count: number, fromFarm = 0, at = NOW) =>
  Array.from({ length: count }, (_, index) =>
    happening('signup', at, {
      userId: randomUUID(),
      sessionId: randomUUID(),
      network: index < fromFarm ? FARM : `192.0.2.${index}`,
    }),
  )

test('finds thirty sign-ups, but not twenty-nine', async () => {
  await putEvents(...signUps(29, 16))
  expect(await detectFindings(NOW)).toEqual([])
  const first = secondsLater(NOW, -600)
  await putEvents(...signUps(1, 0, first))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'signup_burst',
      subject: 'instance',
      userId: null,
      sessionId: null,
      network: FARM,
      networks: expect.arrayContaining([{ network: FARM, count: 16, isSuspect: true }]),
      networkCount: 15,
      confidence: 'medium',
      count: 30,
      details: { signups: 30, networks: 15, from_network: 16 },
      firstSeenAt: first,
      lastSeenAt: NOW,
    },
  ])
})

test('ignores sign-ups before the window and refused ones', async () => {
  await putEvents(...signUps(29), ...signUps(1, 0, secondsLater(NOW, -600.001)))
  await putEvents(
    ...Array.from({ length: 9 }, () => happening('signup', NOW, { failureReason: 'email_taken' })),
  )
  expect(await detectFindings(NOW)).toEqual([])
})

test.each([
  [30, 0, null, 'low'],
  [30, 15, null, 'low'],
  [30, 16, FARM, 'medium'],
  [60, 0, null, 'medium'],
  [60, 31, FARM, 'high'],
])('%i sign-ups, %i of them from one network', async (count, fromFarm, network, confidence) => {
  await putEvents(...signUps(count, fromFarm))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'signup_burst', network, confidence }])
})
