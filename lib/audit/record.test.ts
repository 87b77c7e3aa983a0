import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { metrics } from '#lib/metrics.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, makeClient } from '#lib/testing/factories.ts'
import { record } from './record.ts'

beforeEach(emptyTables)

const client = makeClient()

test('records type, account, session, client and details', async () => {
  const [userId, sessionId] = [randomUUID(), randomUUID()]
  await record(db(), { type: 'event_disowned', client, userId, sessionId, details: { event_id: 'x' } })
  expect(await allEvents()).toEqual([
    {
      id: expect.any(String),
      eventType: 'event_disowned',
      success: true,
      failureReason: null,
      userId,
      sessionId,
      email: null,
      ipAddress: client.ipAddress,
      network: client.network,
      userAgent: 'vitest',
      requestId: client.requestId,
      details: { event_id: 'x' },
      createdAt: expect.any(Date),
      mac: expect.any(Uint8Array),
    },
  ])
})

test('counts an event by type, outcome and reason', async () => {
  const series =
    'taskward_auth_events_total{type="login_failed",outcome="failure",reason="account_disabled"} 2\n'
  for (let i = 0; i < 2; i++) {
    await record(db(), { type: 'login_failed', client, failureReason: 'account_disabled' })
  }
  expect(await metrics().registry.metrics()).toContain(series)
})

test('records an event with a reason as a failure', async () => {
  await record(db(), { type: 'login_failed', client, failureReason: 'wrong_password' })
  expect(await allEvents()).toMatchObject([{ success: false, failureReason: 'wrong_password' }])
})

test('rolls back with the transaction of its change', async () => {
  const work = db().$transaction(async (tx) => {
    await record(tx, { type: 'login', client })
    throw new Error('undone')
  })
  await expect(work).rejects.toThrow('undone')
  expect(await allEvents()).toEqual([])
})

test('cuts and escapes a typed email', async () => {
  const email = `\u001b[31m${'a'.repeat(500)}`
  await record(db(), { type: 'login_failed', client, failureReason: 'unknown_account', email })
  const [event] = await allEvents()
  expect(event?.email).toBe(`\\u{1b}[31m${'a'.repeat(249)}`)
})

test.each([
  ['changed', () => db().authEvent.updateMany({ data: { success: true } })],
  ['deleted', () => db().authEvent.deleteMany()],
  ['truncated', () => db().$executeRaw`TRUNCATE auth_events`],
])('events cannot be %s', async (_, tamper) => {
  await record(db(), { type: 'login_failed', client, failureReason: 'wrong_password' })
  await expect(tamper()).rejects.toThrow(/append-only/)
  expect(await allEvents()).toHaveLength(1)
})
