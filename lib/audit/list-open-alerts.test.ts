import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeClient } from '#lib/testing/factories.ts'
import { putEvents } from '#lib/testing/put-events.ts'
import { daysBefore, secondsLater } from '#lib/time.ts'
import { getEvent } from './get-event.ts'
import { listOpenAlerts } from './list-open-alerts.ts'

const NOW = new Date('2026-03-08T00:00:00Z')
const client = makeClient()
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

function put(type: 'alert' | 'password_changed' | 'event_disowned', at: Date, own: object = {}) {
  return putEvents({ at, event: { type, client, userId: ada.userId, ...own } })
}

const open = async () => (await listOpenAlerts(ada, NOW)).map(({ createdAt }) => createdAt)

test('lists the newest three alerts of the last seven days, of this account alone', async () => {
  const days = [8, 5, 4, 3, 2].map((ago) => daysBefore(NOW, ago))
  for (const at of days) await put('alert', at)
  await put('alert', daysBefore(NOW, 1), { userId: (await createActor()).userId })
  expect(await open()).toEqual(days.slice(2).reverse())
})

test.each(['event_disowned', 'password_changed'] as const)('an alert before %s is answered', async (type) => {
  const at = daysBefore(NOW, 1)
  await put('alert', at)
  await put(type, secondsLater(at, 60))
  expect(await open()).toEqual([])
  await put('alert', secondsLater(at, 120))
  expect(await open()).toEqual([secondsLater(at, 120)])
})

test('a failed password change answers no alert', async () => {
  await put('alert', daysBefore(NOW, 1))
  await put('password_changed', NOW, { failureReason: 'wrong_password' })
  expect(await open()).toHaveLength(1)
})

test('reads an event of the account alone', async () => {
  await put('alert', NOW)
  const [event] = await listOpenAlerts(ada, NOW)
  expect(await getEvent(ada, String(event?.id).toUpperCase())).toEqual(event)
  expect(await getEvent(await createActor(), String(event?.id))).toBeNull()
  expect(await getEvent(ada, crypto.randomUUID())).toBeNull()
  expect(await getEvent(ada, 'nothing')).toBeNull()
})
