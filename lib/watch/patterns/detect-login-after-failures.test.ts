import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, happening, putEvents } from '#lib/testing/put-events.ts'
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

const guesses = (count: number, network: string, end = secondsLater(NOW, -1)) =>
  failures(count, end, () => ({ userId, network }))
const logIn = (network: string, at = NOW) => happening('login', at, { userId, sessionId, network })

test('finds a log-in after ten failures, but not after nine', async () => {
  await putEvents(...guesses(9, ELSEWHERE), logIn(ELSEWHERE))
  expect(await detectFindings(NOW)).toEqual([])
  const first = secondsLater(NOW, -3599)
  await putEvents(...guesses(1, ELSEWHERE, first))
  expect(await detectFindings(NOW)).toEqual([
    {
      pattern: 'login_after_failures',
      subject: userId,
      userId,
      sessionId,
      network: ELSEWHERE,
      networks: [{ network: ELSEWHERE, count: 11, isSuspect: true }],
      networkCount: 1,
      confidence: 'high',
      count: 10,
      details: {
        failures: 10,
        networks: 1,
        from_failing_network: true,
        from_new_network: true,
        login_network: ELSEWHERE,
      },
      firstSeenAt: first,
      lastSeenAt: NOW,
    },
  ])
})

test('ignores failures before the window of the log-in', async () => {
  await putEvents(
    ...guesses(9, ELSEWHERE),
    ...guesses(1, ELSEWHERE, secondsLater(NOW, -3600)),
    logIn(ELSEWHERE),
  )
  expect(await detectFindings(NOW)).toEqual([])
})

test('ignores failures after the log-in and of other accounts', async () => {
  await putEvents(...guesses(9, ELSEWHERE, secondsLater(NOW, -30)), logIn(ELSEWHERE, secondsLater(NOW, -20)))
  await putEvents(...guesses(10, ELSEWHERE, NOW))
  await putEvents(...failures(9, secondsLater(NOW, -30), () => ({ userId: randomUUID(), network: HOME })))
  expect(await detectFindings(NOW)).toEqual([])
})

test.each([
  ['a network that failed and is new to the account', ELSEWHERE, ELSEWHERE, ELSEWHERE, 'high'],
  ['a network that failed and is known', HOME, HOME, null, 'medium'],
  ['a network that never failed and is new', ELSEWHERE, '203.0.113.5', ELSEWHERE, 'medium'],
  ['the owner’s own network, while others fail', ELSEWHERE, HOME, ELSEWHERE, 'low'],
])('from %s', async (_, failing, from, network, confidence) => {
  await putEvents(logIn(HOME, secondsLater(NOW, -90_000)), ...guesses(10, failing), logIn(from))
  const details = { login_network: from }
  expect(await detectFindings(NOW)).toMatchObject([
    { pattern: 'login_after_failures', network, confidence, details },
  ])
})

test('does not suspect an owner who mistypes on a new network during an attack', async () => {
  await putEvents(...guesses(400, ELSEWHERE), ...guesses(3, '::1'), logIn('::1'))
  expect(await detectFindings(NOW)).toMatchObject([
    {
      pattern: 'login_after_failures',
      network: ELSEWHERE,
      networks: [
        { network: ELSEWHERE, count: 400, isSuspect: true },
        { network: '::1', count: 4, isSuspect: false },
      ],
      confidence: 'medium',
    },
  ])
})

test('suspects the log-in’s network of a botnet without a busiest one, unless the owner uses it', async () => {
  const bots = [1, 2, 3, 4, 5].flatMap((host) => guesses(2, `203.0.113.${host}`))
  await putEvents(...bots, logIn('203.0.113.4'))
  expect(await detectFindings(NOW)).toMatchObject([{ network: '203.0.113.4', confidence: 'high' }])
  await emptyTables()
  await putEvents(logIn(HOME, secondsLater(NOW, -90_000)), ...bots, ...guesses(1, HOME), logIn(HOME))
  expect(await detectFindings(NOW)).toMatchObject([{ network: null, networkCount: 6 }])
})

/** What a token's holder can leave by asking for others' tasks as fast as the server answers. */
const flood = (count: number) =>
  Array.from({ length: count }, () =>
    happening('access_denied', secondsLater(NOW, -7200), { userId, failureReason: 'foreign_path' }),
  )

test.each([
  [1999, 'low'],
  [2000, 'medium'],
])('a network last used %i events earlier gives the confidence %s', async (count, confidence) => {
  await putEvents(logIn(HOME, secondsLater(NOW, -7201)), ...flood(count))
  await putEvents(...guesses(10, ELSEWHERE), logIn(HOME))
  expect(await detectFindings(NOW)).toMatchObject([{ pattern: 'login_after_failures', confidence }])
})

test('reports the five newest log-ins of an account', async () => {
  const logins = Array.from({ length: 8 }, (_, index) => logIn(HOME, secondsLater(NOW, index - 7)))
  await putEvents(...guesses(10, ELSEWHERE, secondsLater(NOW, -10)), ...logins)
  const loginTimes = (await detectFindings(NOW)).map(({ lastSeenAt }) => lastSeenAt)
  expect(loginTimes).toEqual([-4, -3, -2, -1, 0].map((seconds) => secondsLater(NOW, seconds)))
})

test('ignores other refusals and other accounts’ log-ins', async () => {
  const denied = Array.from({ length: 10 }, () =>
    happening('access_denied', secondsLater(NOW, -1), { userId, failureReason: 'not_found' }),
  )
  const other = happening('login', NOW, { userId: randomUUID(), sessionId, network: ELSEWHERE })
  await putEvents(...denied, logIn(ELSEWHERE), ...guesses(10, ELSEWHERE, secondsLater(NOW, -7200)), other)
  expect(await detectFindings(NOW)).toEqual([])
})
