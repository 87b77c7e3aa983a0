import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { logIn } from '#lib/auth/log-in.ts'
import { startSession } from '#lib/auth/session/start-session.ts'
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
  type TestUser,
} from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { COMMAND_LINE } from './command-line.ts'
import { requirePasswordChange } from './require-password-change.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

async function countWaiting(): Promise<number> {
  const [waiting] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting?.count ?? 0
}

function requiredAt() {
  return db().user.findUniqueOrThrow({
    where: { id: user.id },
    select: { passwordChangeRequiredAt: true },
  })
}

test('ends all sessions, and stays required after the next log-in', async () => {
  const operator = await createOperator()
  const { session } = await createSession(user)
  expect(await requirePasswordChange(operator, user.id, { now: NOW })).toEqual({ ok: true, value: true })
  const by = operator.userId
  expect(await allEvents()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ eventType: 'password_change_required', userId: user.id, details: { by } }),
      expect.objectContaining({
        eventType: 'session_revoked',
        sessionId: session.id,
        details: { by, reason: 'ended_by_operator' },
      }),
    ]),
  )
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
  expect(await logIn({ email: user.email, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
  expect(await requiredAt()).toEqual({ passwordChangeRequiredAt: NOW })
})

test('a second call keeps the first time, and ends sessions opened in the meantime', async () => {
  const operator = await createOperator()
  await requirePasswordChange(operator, user.id, { now: NOW })
  await createSession(user)
  const later = secondsLater(NOW, 60)
  expect(await requirePasswordChange(operator, user.id, { now: later })).toEqual({ ok: true, value: false })
  expect(await requiredAt()).toEqual({ passwordChangeRequiredAt: NOW })
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
})

test('ends the session of a parallel log-in, even if the change was required before', async () => {
  await requirePasswordChange(COMMAND_LINE, user.id, { now: NOW })
  let required: ReturnType<typeof requirePasswordChange> | undefined
  await db().$transaction(async (tx) => {
    const started = await startSession(tx, {
      userId: user.id,
      passwordChangedAt: user.changedAt,
      signIn: makeSignIn(),
    })
    expect(started).toMatchObject({ ok: true })
    required = requirePasswordChange(COMMAND_LINE, user.id, { now: NOW })
    await expect.poll(countWaiting, { interval: 20 }).toBe(1)
  })
  expect(await required).toEqual({ ok: true, value: false })
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
})

test('fails for an unknown account', async () => {
  const refused = { ok: false, error: { code: 'USER_NOT_FOUND' } }
  expect(await requirePasswordChange(await createOperator(), randomUUID(), { now: NOW })).toEqual(refused)
  expect(await eventNames()).toEqual([])
})

test('changes nothing if the event cannot be recorded', async () => {
  await createSession(user)
  const operator = await createOperator()
  // PostgreSQL takes no NUL in a text.
  const unrecordable = { ...operator, client: { ...operator.client, userAgent: '\0' } }
  await expect(requirePasswordChange(unrecordable, user.id, { now: NOW })).rejects.toThrow()
  expect(await requiredAt()).toEqual({ passwordChangeRequiredAt: null })
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
})
