import { beforeEach, expect, test } from 'vitest'
import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createOperator, eventNames } from '#lib/testing/factories.ts'
import { getBlock } from '#lib/throttle/get-block.ts'
import { secondsLater } from '#lib/time.ts'
import { blockNetwork, unblockNetwork } from './block-network.ts'
import { COMMAND_LINE } from './command-line.ts'
import { getBlockEnds, listBlocks } from './list-blocks.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
let operator: Operator

beforeEach(async () => {
  await emptyTables()
  operator = await createOperator()
})

test('blocks a network until the given time, and records the operator', async () => {
  const until = secondsLater(NOW, 3600)
  expect(await blockNetwork(operator, '2001:DB8::7', { seconds: 3600, now: NOW })).toEqual({
    ok: true,
    value: { network: '2001:db8:0:0::/64', blockedUntil: until, blockedBy: operator.userId, createdAt: NOW },
  })
  const details = { network: '2001:db8:0:0::/64', seconds: 3600, by: operator.userId }
  expect(await allEvents()).toMatchObject([{ eventType: 'address_blocked', success: true, details }])
  expect(await getBlock('2001:db8:0:0::/64', secondsLater(until, -0.001))).toMatchObject({ reported: false })
  expect(await getBlock('2001:db8:0:0::/64', until)).toBeNull()
  expect(await getBlock('2001:db8:0:1::/64', NOW)).toBeNull()
})

test('a second block replaces the first, even among parallel ones', async () => {
  await Promise.all([1, 2, 3].map(() => blockNetwork(operator, '198.51.100.7', { seconds: 60, now: NOW })))
  await db().blockedNetwork.updateMany({ data: { reported: true } })
  await blockNetwork(COMMAND_LINE, '::ffff:198.51.100.7', { seconds: 7200, now: NOW })
  expect(await db().blockedNetwork.findMany()).toEqual([
    {
      network: '198.51.100.7',
      blockedUntil: secondsLater(NOW, 7200),
      blockedBy: null,
      createdAt: NOW,
      reported: false,
    },
  ])
  expect(await eventNames()).toEqual(Array(4).fill('address_blocked'))
})

test.each(['', 'everyone', '198.51.100.0/24', '::/0', "'--"])('rejects the address "%s"', async (text) => {
  expect(await blockNetwork(operator, text, { seconds: 60, now: NOW })).toMatchObject({
    error: { code: 'INVALID_INPUT', details: [{ field: 'network', issue: expect.any(String) }] },
  })
  expect(await unblockNetwork(operator, text, { now: NOW })).toEqual({
    ok: false,
    error: { code: 'BLOCK_NOT_FOUND' },
  })
  expect(await eventNames()).toEqual([])
})

test('unblocks a network by any spelling of it', async () => {
  await blockNetwork(operator, '2001:db8::7', { seconds: 60, now: NOW })
  expect(await unblockNetwork(operator, '2001:db8:0:0:1::/64', { now: NOW })).toEqual({
    ok: true,
    value: null,
  })
  const details = { network: '2001:db8:0:0::/64', by: operator.userId }
  expect((await allEvents()).at(-1)).toMatchObject({ eventType: 'address_unblocked', details })
  expect(await getBlock('2001:db8:0:0::/64', NOW)).toBeNull()
})

test('unblocking fails if the network has no active block', async () => {
  await blockNetwork(operator, '198.51.100.7', { seconds: 60, now: NOW })
  const notFound = { ok: false, error: { code: 'BLOCK_NOT_FOUND' } }
  expect(await unblockNetwork(operator, '198.51.100.8', { now: NOW })).toEqual(notFound)
  expect(await unblockNetwork(operator, '198.51.100.7', { now: secondsLater(NOW, 60) })).toEqual(notFound)
  expect(await eventNames()).toEqual(['address_blocked'])
})

test('returns the ends of active blocks only', async () => {
  await blockNetwork(operator, '198.51.100.1', { seconds: 60, now: NOW })
  await blockNetwork(operator, '198.51.100.2', { seconds: 30, now: NOW })
  await blockNetwork(operator, '198.51.100.3', { seconds: 60, now: NOW })
  const networks = ['198.51.100.1', '198.51.100.2', '198.51.100.4']
  const ends = await getBlockEnds(operator, networks, { now: secondsLater(NOW, 30) })
  expect([...ends]).toEqual([['198.51.100.1', secondsLater(NOW, 60)]])
})

test('lists active blocks page by page', async () => {
  for (const end of [1, 2, 3]) await blockNetwork(operator, `198.51.100.${end}`, { seconds: 60, now: NOW })
  await blockNetwork(operator, '198.51.100.0', { seconds: 30, now: NOW })
  const later = secondsLater(NOW, 30)
  const first = await listBlocks(operator, { limit: 2, now: later })
  expect(first.blocks.map(({ network }) => network)).toEqual(['198.51.100.1', '198.51.100.2'])
  const rest = await listBlocks(operator, { limit: 2, cursor: first.nextCursor ?? undefined, now: later })
  expect(rest.blocks.map(({ network }) => network)).toEqual(['198.51.100.3'])
  expect(rest.nextCursor).toBeNull()
})
