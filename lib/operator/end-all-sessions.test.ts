import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { logIn } from '#lib/auth/log-in.ts'
import { SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import { getLogOutReason } from '#lib/auth/session/get-log-out-reason.ts'
import { countActiveSessions } from '#lib/auth/session/list-sessions.ts'
import { cleanUp } from '#lib/boot/housekeeping.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createOperator,
  createSession,
  createUser,
  eventNames,
  makeSignIn,
  PASSWORD,
} from '#lib/testing/factories.ts'
import { insertSessions } from '#lib/testing/insert-sessions.ts'
import { endAllSessions } from './end-all-sessions.ts'

const NOW = new Date()

beforeEach(emptyTables)

test('ends all sessions of this account only, and its owner learns the reason and can log in again', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  const sessions = [await createSession(user), await createSession(user, { transport: 'cookie' })]
  await createSession(await createUser())
  expect(await endAllSessions(operator, user.id, { now: NOW })).toEqual({ ok: true, value: 2 })
  const details = { reason: 'ended_by_operator', by: operator.userId }
  const event = { eventType: 'session_revoked', success: true, userId: user.id, details }
  const ended = sessions.map(({ session }) => expect.objectContaining({ ...event, sessionId: session.id }))
  expect(await allEvents()).toEqual(expect.arrayContaining(ended))
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  expect(await getLogOutReason(sessions[1]!.refresh.token, new Date())).toBe('ended_by_operator')
  expect(await logIn({ email: user.email, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
})

test('is recorded even if no session is open', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  expect(await endAllSessions(operator, user.id, { now: NOW })).toEqual({ ok: true, value: 0 })
  const details = { reason: 'ended_by_operator', by: operator.userId, unchanged: true }
  expect(await allEvents()).toMatchObject([{ eventType: 'session_revoked', sessionId: null, details }])
})

test('parallel calls end each session once', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  for (let i = 0; i < 5; i++) await createSession(user)
  const answers = await Promise.all([1, 2, 3].map(() => endAllSessions(operator, user.id, { now: NOW })))
  expect(answers.map((answer) => answer.ok && answer.value).sort()).toEqual([0, 0, 5])
})

test('fails for an unknown account', async () => {
  for (const id of [randomUUID(), 'x']) {
    const refused = { ok: false, error: { code: 'USER_NOT_FOUND' } }
    expect(await endAllSessions(await createOperator(), id, { now: NOW })).toEqual(refused)
  }
  expect(await eventNames()).toEqual([])
})

test('ends thousands of sessions, with an event for each of 200 and one for the rest', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  await insertSessions(user, 6000)
  expect(await endAllSessions(operator, user.id, { now: NOW })).toEqual({
    ok: true,
    value: SESSION_BATCH_SIZE + 1,
  })
  expect(await countActiveSessions(user.id, new Date())).toBe(0)
  const where = { eventType: 'session_revoked', userId: user.id }
  expect(await db().authEvent.count({ where })).toBe(SESSION_BATCH_SIZE + 1)
  expect(await endAllSessions(operator, user.id, { now: NOW })).toEqual({ ok: true, value: 0 })
  expect((await cleanUp(new Date())).ended_sessions).toBe(6000 - SESSION_BATCH_SIZE)
  expect(await db().session.count({ where: { revokedReason: 'ended_by_operator' } })).toBe(6000)
})

test('forgets the known devices of the account, which may include a thief’s', async () => {
  const [operator, user, other] = [await createOperator(), await createUser(), await createUser()]
  for (const { email } of [user, other]) await logIn({ email, password: PASSWORD }, makeSignIn())
  await endAllSessions(operator, user.id, { now: NOW })
  expect(await db().knownDevice.findMany({ select: { userId: true } })).toEqual([{ userId: other.id }])
})
