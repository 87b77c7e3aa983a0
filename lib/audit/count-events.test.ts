import { beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { happening, putEvents } from '#lib/testing/put-events.ts'
import { recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { countEvents } from './count-events.ts'

beforeEach(emptyTables)

const operator = COMMAND_LINE
const NOW = new Date('2026-11-20T12:30:00Z')

async function happen(at: string, failureReason?: 'wrong_password'): Promise<void> {
  const type = failureReason ? 'login_failed' : 'login'
  await putEvents(happening(type, new Date(at), { ...(failureReason && { failureReason }) }))
}

test('counts unsealed events by hour, type and outcome', async () => {
  await happen('2026-11-20T10:00:00Z')
  await happen('2026-11-20T10:59:59.999Z')
  await happen('2026-11-20T10:30:00Z', 'wrong_password')
  await happen('2026-11-20T11:00:00Z')
  expect(
    await countEvents(operator, { since: new Date('2026-11-20T10:40:00Z'), by: 'hour', now: NOW }),
  ).toEqual([
    { start: new Date('2026-11-20T10:00:00Z'), eventType: 'login', success: true, count: 2 },
    { start: new Date('2026-11-20T10:00:00Z'), eventType: 'login_failed', success: false, count: 1 },
    { start: new Date('2026-11-20T11:00:00Z'), eventType: 'login', success: true, count: 1 },
  ])
})

test('counts by UTC days, the first one in full', async () => {
  await happen('2026-11-18T23:59:59.999Z')
  await happen('2026-11-19T00:00:00Z')
  await happen('2026-11-19T23:59:59.999Z')
  await happen('2026-11-20T00:00:00Z')
  expect(
    await countEvents(operator, { since: new Date('2026-11-19T15:00:00Z'), by: 'day', now: NOW }),
  ).toEqual([
    { start: new Date('2026-11-19T00:00:00Z'), eventType: 'login', success: true, count: 2 },
    { start: new Date('2026-11-20T00:00:00Z'), eventType: 'login', success: true, count: 1 },
  ])
})

test('ignores events after the last hour', async () => {
  await happen('2026-11-20T12:45:00Z')
  await happen('2026-11-20T13:00:00Z')
  const counts = await countEvents(operator, { since: NOW, by: 'hour', now: NOW })
  expect(counts).toEqual([
    { start: new Date('2026-11-20T12:00:00Z'), eventType: 'login', success: true, count: 1 },
  ])
})

test('returns no rows where no event happened', async () => {
  expect(await countEvents(operator, { since: NOW, by: 'day', now: NOW })).toEqual([])
})

test('adds sealed and unsealed events, also in a restored database', async () => {
  await recordEvents(4)
  await sealAll()
  await recordEvents(2)
  const count = async () =>
    (await countEvents(operator, { since: new Date(0), by: 'day', now: new Date() })).map((one) => one.count)
  expect((await count()).reduce((a, b) => a + b)).toBe(6)
  await tamper(
    'UPDATE auth_events SET era = 1 WHERE xid = (SELECT xid FROM auth_events ORDER BY id DESC LIMIT 1)',
  )
  expect((await count()).reduce((a, b) => a + b)).toBe(6)
})

test('counts each event once while events are being sealed', async () => {
  const span = { since: new Date(0), by: 'day' } as const
  for (let round = 1; round <= 10; round++) {
    await recordEvents(3)
    const counting = Array.from({ length: 6 }, () => countEvents(operator, { ...span, now: new Date() }))
    const [, ...counts] = await Promise.all([sealAll(), ...counting])
    for (const days of counts) expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(3 * round)
  }
})
