import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from '#lib/watch/patterns/detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const HOME = '192.0.2.1'
const FAR = '198.51.100.7'

let userId: string
let sessionId: string

beforeEach(async () => {
  await emptyTables()
  userId = randomUUID()
  sessionId = randomUUID()
})

const visit = (network: string, secondsAgo: number, own: { sessionId?: string; userAgent?: string } = {}) =>
  happening('token_refreshed', secondsLater(NOW, -secondsAgo), { userId, sessionId, network, ...own })

test('finds one session in two distant networks within 300 seconds', async () => {
  await putEvents(visit(HOME, 300), visit(FAR, 0))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'session_two_networks',
      subject: sessionId,
      userId,
      sessionId,
      network: null,
      networks: [HOME, FAR].map((network) => ({ network, count: 1, isSuspect: false })),
      networkCount: 2,
      confidence: 'low',
      count: 2,
      details: { from_network: HOME, there_and_back: false, user_agents: 1 },
      firstSeenAt: secondsLater(NOW, -300),
      lastSeenAt: NOW,
    },
  ])
})

test('finds nothing when a user changes networks slowly', async () => {
  await putEvents(visit(HOME, 300.001), visit(FAR, 0))
  expect(await detectFindings(NOW)).toEqual([])
})

test('finds a move whose first half has left the window', async () => {
  await putEvents(visit(HOME, 590), visit(FAR, 295))
  expect(await detectFindings(NOW)).toHaveLength(1)
})

test.each([
  ['192.0.2.1', '192.0.255.9', 0],
  ['192.0.2.1', '192.1.2.1', 1],
  ['192.0.2.1', '19.20.2.1', 1],
  ['2001:db8:1:2::/64', '2001:db8:ffff:2::/64', 0],
  ['2001:db8:1:2::/64', '2001:db9:1:2::/64', 1],
  ['192.0.2.1', '2001:db8:1:2::/64', 0],
])('from %s to %s: %i', async (from, to, findings) => {
  await putEvents(visit(from, 60), visit(to, 0))
  expect(await detectFindings(NOW)).toHaveLength(findings)
})

test('finds nothing in two sessions of one user on two networks', async () => {
  await putEvents(visit(HOME, 60), visit(FAR, 0, { sessionId: randomUUID() }))
  expect(await detectFindings(NOW)).toEqual([])
})

test('finds nothing in a dual-stack client that alternates between its families', async () => {
  const networks = [HOME, '2001:db8:1:2::/64', HOME, '2001:db8:1:3::/64']
  await putEvents(...networks.map((network, index) => visit(network, 100 - index)))
  expect(await detectFindings(NOW)).toEqual([])
})

test.each([
  ['there', [HOME, FAR], 1, 'low'],
  ['there and back', [HOME, FAR, HOME], 1, 'medium'],
  ['there, and on from there', [HOME, FAR, FAR], 1, 'low'],
  ['there with another program', [HOME, FAR], 2, 'high'],
])('%s: %s', async (_, networks, programs, confidence) => {
  await putEvents(
    ...networks.map((network, index) =>
      visit(network, 100 - index, { userAgent: `program ${index % programs}` }),
    ),
  )
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'session_two_networks', confidence }])
})

test('counts log-ins and races as visits, but not refused tokens', async () => {
  const at = (type: 'login' | 'refresh_token_raced' | 'token_refresh_refused', network: string) =>
    happening(type, NOW, { userId, sessionId, network })
  await putEvents(at('login', HOME), at('token_refresh_refused', FAR))
  expect(await detectFindings(NOW)).toEqual([])
  await putEvents(at('refresh_token_raced', FAR))
  expect(await detectFindings(NOW)).toHaveLength(1)
})
