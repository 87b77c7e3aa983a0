import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, createSession, createUser, makeClient } from '#lib/testing/factories.ts'
import { endSession } from './end-session.ts'
import { getEndedDevice } from './get-ended-device.ts'

test('names the device of an ended session for its account alone', async () => {
  await emptyTables()
  const user = await createUser()
  const { session } = await createSession(user)
  const actor = { userId: user.id, sessionId: randomUUID(), role: 'user', client: makeClient() } as const
  expect(await getEndedDevice(actor, session.id)).toBeNull()
  await endSession(actor, { sessionId: session.id, now: new Date() })
  expect(await getEndedDevice(actor, session.id)).toBe('vitest')
  expect(await getEndedDevice(await createActor(), session.id)).toBeNull()
  expect(await getEndedDevice(actor, 'nothing')).toBeNull()
})
