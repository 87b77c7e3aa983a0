import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createSession, createUser, eventNames, makeClient } from '#lib/testing/factories.ts'
import { revokeSession } from './revoke-session.ts'

beforeEach(emptyTables)

const client = makeClient()

test.each([
  ['logged_out', 'logout', true],
  ['logged_out_elsewhere', 'session_revoked', true],
  ['replaced', 'session_revoked', true],
  ['password_changed', 'session_revoked', true],
  ['account_disabled', 'session_revoked', true],
  ['refresh_token_reused', 'refresh_token_reused', false],
  ['ended_by_operator', 'session_revoked', true],
  ['too_many_sessions', 'session_revoked', true],
] as const)('records %s as %s', async (reason, eventType, success) => {
  const user = await createUser()
  const { session } = await createSession(user)
  expect(
    await db().$transaction((tx) =>
      revokeSession(tx, { sessionId: session.id, reason, client, now: new Date() }),
    ),
  ).toBe(true)
  const row = await db().session.findUniqueOrThrow({ where: { id: session.id } })
  expect(row).toMatchObject({ revokedReason: reason, revokedAt: expect.any(Date) })
  expect(await allEvents()).toMatchObject([
    { eventType, success, userId: user.id, sessionId: session.id, details: { reason } },
  ])
})

test('keeps and records only the first of parallel revocations', async () => {
  const { session } = await createSession(await createUser())
  const reasons = ['logged_out', 'replaced', 'password_changed', 'logged_out_elsewhere'] as const
  const revoked = await Promise.all(
    reasons.map((reason) =>
      db().$transaction((tx) =>
        revokeSession(tx, { sessionId: session.id, reason, client, now: new Date() }),
      ),
    ),
  )
  expect(revoked.filter(Boolean)).toHaveLength(1)
  const row = await db().session.findUniqueOrThrow({ where: { id: session.id } })
  expect(row.revokedReason).toBe(reasons[revoked.indexOf(true)])
  expect(await eventNames()).toHaveLength(1)
})

test('is rolled back with its transaction', async () => {
  const { session } = await createSession(await createUser())
  const work = db().$transaction(async (tx) => {
    await revokeSession(tx, { sessionId: session.id, reason: 'logged_out', client, now: new Date() })
    throw new Error('undone')
  })
  await expect(work).rejects.toThrow('undone')
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  expect(await allEvents()).toEqual([])
})
