import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, makeClient } from '#lib/testing/factories.ts'
import { eventRow } from '../event-row.ts'
import { type EventContent, eventMac } from './event-mac.ts'

beforeEach(emptyTables)

async function recorded() {
  const details = { zebra: 1, apple: 'é', middle: true }
  const ids = { userId: randomUUID().toUpperCase(), sessionId: randomUUID() }
  const reason = { type: 'login_failed', failureReason: 'x', email: 'a@b.c' }
  const row = eventRow({ ...reason, client: makeClient(), ...ids, details }, new Date())
  await db().authEvent.create({ data: { ...row, details } })
  const [event] = await allEvents()
  if (!event?.mac) throw new Error('nothing was recorded')
  return { mac: Buffer.from(event.mac).toString('hex'), content: event as EventContent }
}

test('the MAC of an event is valid for the row that the database returns', async () => {
  const { mac, content } = await recorded()
  expect(eventMac(content).toString('hex')).toBe(mac)
})

test('a change of any column invalidates the MAC', async () => {
  const { mac, content } = await recorded()
  const changes: Partial<Record<keyof EventContent, unknown>> = {
    success: true,
    createdAt: new Date(0),
    details: null,
  }
  for (const column of Object.keys(content) as (keyof EventContent)[]) {
    if (['mac', 'era'].includes(column)) continue
    const changed = { ...content, [column]: column in changes ? changes[column] : `${content[column]}x` }
    expect(eventMac(changed as EventContent).toString('hex'), column).not.toBe(mac)
  }
})
