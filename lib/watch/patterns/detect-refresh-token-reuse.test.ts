import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from '#lib/watch/patterns/detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const HOME = '192.0.2.1'
const ELSEWHERE = '198.51.100.7'

let userId: string
let sessionId: string

beforeEach(async () => {
  await emptyTables()
  userId = randomUUID()
  sessionId = randomUUID()
})

function reuse(network: string, successor_used: boolean, at = NOW) {
  const failureReason = 'refresh_token_reused'
  return happening(failureReason, at, {
    userId,
    sessionId,
    network,
    failureReason,
    details: { successor_used },
  })
}

const renewal = (network: string, at = secondsLater(NOW, -60)) =>
  happening('token_refreshed', at, { userId, sessionId, network })

test('finds one reuse', async () => {
  await putEvents(renewal(HOME), reuse(HOME, true))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'refresh_token_reuse',
      subject: sessionId,
      userId,
      sessionId,
      network: null,
      networks: [{ network: HOME, count: 2, isSuspect: false }],
      networkCount: 1,
      confidence: 'high',
      count: 1,
      details: { successor_used: true, from_other_network: false },
      firstSeenAt: NOW,
      lastSeenAt: NOW,
    },
  ])
})

test.each([
  [0, 1],
  [-3600, 1],
  [-3600.001, 0],
  [0.001, 0],
])('a reuse %d seconds from now is found %i times', async (seconds, times) => {
  await putEvents(reuse(HOME, true, secondsLater(NOW, seconds)))
  expect(await detectFindings(NOW)).toHaveLength(times)
})

test.each([
  ['from where it was renewed, its successor unused', HOME, false, 'low'],
  ['from elsewhere, its successor unused', ELSEWHERE, false, 'medium'],
  ['from where it was renewed, its successor used', HOME, true, 'high'],
  ['from elsewhere, its successor used', ELSEWHERE, true, 'high'],
])('%s', async (_, network, used, confidence) => {
  await putEvents(renewal(ELSEWHERE, secondsLater(NOW, -900)), renewal(HOME), reuse(network, used))
  expect(await detectFindings(NOW)).toMatchObject([{ confidence }])
})

test('does not trust a renewal that too many events follow', async () => {
  const denied = { userId, sessionId, failureReason: 'foreign_path' }
  const flood = Array.from({ length: 2000 }, () => happening('access_denied', secondsLater(NOW, -30), denied))
  await putEvents(renewal(HOME), ...flood, reuse(HOME, false))
  expect(await detectFindings(NOW)).toMatchObject([{ confidence: 'medium' }])
})

test('does not report a session twice for its reuse and its distant renewal', async () => {
  await putEvents(renewal(HOME), renewal(ELSEWHERE, secondsLater(NOW, -30)), reuse(HOME, true))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'refresh_token_reuse' }])
})

test('finds no reuse in racing tabs and expired tokens', async () => {
  const refused = { userId, sessionId, network: HOME, failureReason: 'expired' }
  const race = happening('refresh_token_raced', NOW, { userId, sessionId, network: HOME })
  await putEvents(renewal(HOME, NOW), race, happening('token_refresh_refused', NOW, refused))
  expect(await detectFindings(NOW)).toEqual([])
})
