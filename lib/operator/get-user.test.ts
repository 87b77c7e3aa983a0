import { randomBytes, randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createOperator, createSession, createUser, eventNames } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { endAllSessions } from './end-all-sessions.ts'
import { getUser } from './get-user.ts'
import { getUserIdByEmail } from './get-user-id-by-email.ts'
import { listUserSessions } from './list-user-sessions.ts'

const NOW = new Date()

beforeEach(emptyTables)

test('returns an account with its active sessions, and no secret', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  const { session } = await createSession(user)
  await createSession(await createUser())
  const found = await getUser(operator, user.id.toUpperCase(), { now: NOW })
  expect(found).toMatchObject({ id: user.id, email: user.email, role: 'user', sessionCount: 1 })
  expect(found?.sessions).toMatchObject([{ id: session.id, device: 'vitest', ipAddress: '203.0.113.9' }])
  expect(JSON.stringify(found)).not.toMatch(/hash|\$2/)
  await endAllSessions(operator, user.id, { now: NOW })
  expect(await getUser(operator, user.id, { now: NOW })).toMatchObject({ sessionCount: 0, sessions: [] })
})

test('lists the last 200 sessions, and counts all of them', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  const expiresAt = secondsLater(new Date(), 3600)
  const session = { userId: user.id, transport: 'bearer', signedInWith: 'password', expiresAt } as const
  const made = await db().session.createManyAndReturn({ data: Array.from({ length: 201 }, () => session) })
  const tokens = made.map(({ id }) => ({ sessionId: id, tokenHash: randomBytes(32), expiresAt }))
  await db().refreshToken.createMany({ data: tokens })
  const found = await getUser(operator, user.id, { now: NOW })
  expect([found?.sessionCount, found?.sessions.length]).toEqual([201, 200])
  expect(await listUserSessions(operator, user.id, { now: NOW })).toMatchObject({
    count: 201,
    sessions: { length: 200 },
  })
})

test.each([randomUUID(), 'me', ''])('returns null for the unknown account "%s"', async (id) => {
  expect(await getUser(await createOperator(), id, { now: NOW })).toBeNull()
})

test('records that an operator listed the sessions of an account', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  await createSession(user)
  expect(await listUserSessions(operator, user.id, { now: NOW })).toMatchObject({
    count: 1,
    sessions: [{ device: 'vitest' }],
  })
  expect(await eventNames()).toEqual(['sessions_listed'])
  expect(await allEvents()).toMatchObject([{ userId: user.id, details: { by: operator.userId } }])
})

test('finds an account by any spelling of its e-mail address', async () => {
  const [operator, user] = [await createOperator(), await createUser({ email: 'ann@xn--bcher-kva.example' })]
  expect(await getUserIdByEmail(operator, ' Ann@BÜCHER.example ')).toBe(user.id)
  for (const text of ['bob@example.com', 'ann', '', '%'])
    expect(await getUserIdByEmail(operator, text)).toBeNull()
})
