import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { findSuspicious } from '#lib/audit/find-suspicious'
import { watch } from '#lib/audit/watch'
import { truncateAll } from '#lib/testing/database'
import { failure, putEvents, success, times } from '#lib/testing/event-trail'
import { secondsLater } from '#lib/testing/factories'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const SPRAYER = '192.0.2.66'
const accounts = times(40, (i) => (i % 2 === 0 ? randomUUID() : `nobody-${i}@example.com`))
const known = accounts.filter((_, i) => i % 2 === 0)
const ago = (seconds: number) => secondsLater(NOW, -seconds)

beforeEach(truncateAll)

/** Every one of the first accounts fails so often, one second after the other, until now. */
function spray(count: number, tries = 1, network = SPRAYER) {
  return times(count * tries, (i) =>
    failure(accounts[Math.floor(i / tries)]!, network, ago(count * tries - i)),
  )
}

test('nine accounts are none, ten are found once, known or not', async () => {
  await putEvents(spray(9))
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(accounts[9]!, SPRAYER, NOW)])
  expect(await findSuspicious(NOW)).toEqual([
    {
      pattern: 'password_spraying',
      subject: SPRAYER,
      userId: null,
      sessionId: null,
      network: SPRAYER,
      confidence: 'medium',
      count: 10,
      firstSeenAt: ago(9),
      lastSeenAt: NOW,
      details: { accounts: 10, failures: 10, logged_in: 0 },
    },
  ])
})

test('ten accounts from two networks are none', async () => {
  await putEvents([...spray(9), failure(accounts[9]!, '192.0.2.67', NOW)])
  expect(await findSuspicious(NOW)).toEqual([])
})

test('what happened before the window does not count', async () => {
  await putEvents([failure(accounts[0]!, SPRAYER, ago(3600.001)), ...spray(10).slice(1)])
  expect(await findSuspicious(NOW)).toEqual([])
  await putEvents([failure(accounts[0]!, SPRAYER, ago(3600))])
  expect(await findSuspicious(NOW)).toMatchObject([{ count: 10 }])
})

test('people of one office who mistype and then get in do not count', async () => {
  const office = '198.51.100.1'
  await putEvents(known.map((userId) => failure(userId, office, ago(300))))
  expect(await findSuspicious(NOW)).toHaveLength(1)
  await putEvents(known.map((userId) => success(userId, office, ago(200))))
  expect(await findSuspicious(NOW)).toEqual([])
})

test('an account that got in from elsewhere counts', async () => {
  await putEvents([...spray(10), ...known.map((userId) => success(userId, '198.51.100.1', ago(200)))])
  expect(await findSuspicious(NOW)).toMatchObject([{ pattern: 'password_spraying', count: 10 }])
})

describe('confidence', () => {
  const getIn = (count: number) => times(count, (i) => success(known.at(-1 - i)!, SPRAYER, ago(1)))

  test.each([
    [10, 0, 'medium'],
    [20, 0, 'high'],
    [20, 1, 'medium'],
    [10, 9, 'medium'],
    [10, 10, 'low'],
  ])('%i accounts that failed and %i that got in are %s', async (failed, gotIn, confidence) => {
    await putEvents([...spray(failed), ...getIn(gotIn)])
    expect(await findSuspicious(NOW)).toMatchObject([{ confidence, details: { logged_in: gotIn } }])
  })
})

test('with many tries per account it is neither told again of the address nor of the accounts', async () => {
  await putEvents(spray(10, 25))
  expect(await findSuspicious(NOW)).toMatchObject([
    { pattern: 'password_spraying', details: { failures: 250 } },
  ])
})

test('while it leaves the window piece by piece, no lesser pattern is found', async () => {
  await putEvents(spray(10, 25))
  expect(await watch(NOW)).toHaveLength(1)
  for (let minutes = 50; minutes <= 62; minutes++) {
    const later = secondsLater(NOW, minutes * 60)
    expect(await watch(later)).toEqual([])
  }
})

test('an account that others attack, too, is still found', async () => {
  await putEvents([...spray(10), ...times(20, (i) => failure(accounts[0]!, `203.0.113.${i}`, ago(i)))])
  const found = await findSuspicious(NOW)
  expect(found.map(({ pattern }) => pattern)).toEqual(['password_spraying', 'account_failures'])
})
