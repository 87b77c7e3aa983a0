import { beforeEach, expect, test } from 'vitest'
import { ACTIVE_SESSIONS_LIMIT } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createSession, createUser, eventNames, type TestUser } from '#lib/testing/factories.ts'
import { insertSessions } from '#lib/testing/insert-sessions.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { getLogOutReason } from './get-log-out-reason.ts'
import { getRevokedReason } from './get-revoked-reason.ts'
import { countActiveSessions } from './list-sessions.ts'

const NOW = new Date()
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

const daysAgo = (days: number) => secondsLater(NOW, -days * DAY_SECONDS)

function endedIds() {
  return db().session.findMany({ where: { revokedReason: 'too_many_sessions' }, select: { id: true } })
}

test('ends the session last seen longest ago at the 101st, and its browser can learn why', async () => {
  const oldest = await createSession(user, { transport: 'cookie', now: daysAgo(2) })
  const unused = await createSession(user, { transport: 'cookie', now: daysAgo(1) })
  await db().session.update({ where: { id: oldest.session.id }, data: { lastSeenAt: NOW } })
  await insertSessions(user, ACTIVE_SESSIONS_LIMIT - 2, NOW)
  expect(await endedIds()).toEqual([])
  const { session } = await createSession(user, { now: secondsLater(NOW, 1) })
  expect(await endedIds()).toEqual([{ id: unused.session.id }])
  expect(await getLogOutReason(unused.refresh.token, new Date())).toBe('too_many_sessions')
  expect(await countActiveSessions(user.id, new Date())).toBe(ACTIVE_SESSIONS_LIMIT)
  expect(await getRevokedReason(db(), session.id)).toBeNull()
  expect(await allEvents()).toMatchObject([
    { eventType: 'session_revoked', sessionId: unused.session.id, details: { reason: 'too_many_sessions' } },
  ])
})

test('does not count ended, expired and idle sessions', async () => {
  await createSession(user, { now: daysAgo(8) })
  await createSession(user, { persistent: false, now: daysAgo(2) })
  await insertSessions(user, ACTIVE_SESSIONS_LIMIT - 1, NOW)
  await createSession(user, { now: secondsLater(NOW, 1) })
  expect(await endedIds()).toEqual([])
})

test('does not count sessions of other accounts', async () => {
  await insertSessions(await createUser(), ACTIVE_SESSIONS_LIMIT, NOW)
  await createSession(user, { now: NOW })
  expect(await endedIds()).toEqual([])
})

test('ends only the session that a log-in replaces', async () => {
  const { session, refresh } = await createSession(user, { transport: 'cookie', now: NOW })
  await insertSessions(user, ACTIVE_SESSIONS_LIMIT - 1, NOW)
  await createSession(user, { transport: 'cookie', replacedRefreshToken: refresh.token, now: NOW })
  expect(await getRevokedReason(db(), session.id)).toBe('replaced')
  expect(await endedIds()).toEqual([])
  expect(await countActiveSessions(user.id, new Date())).toBe(ACTIVE_SESSIONS_LIMIT)
})

test('leaves 100 sessions after parallel log-ins', async () => {
  await insertSessions(user, ACTIVE_SESSIONS_LIMIT - 5, NOW)
  await Promise.all(Array.from({ length: 20 }, () => createSession(user)))
  expect(await countActiveSessions(user.id, new Date())).toBe(ACTIVE_SESSIONS_LIMIT)
  expect(await endedIds()).toHaveLength(15)
  expect(await eventNames()).toHaveLength(15)
})

test('leaves the 100 last seen after one log-in to an account with thousands of sessions', async () => {
  await insertSessions(user, 3000, NOW)
  const seenLast = await db().session.findMany({
    orderBy: { lastSeenAt: 'desc' },
    select: { id: true },
    take: 99,
  })
  const { session } = await createSession(user)
  const { sessionEpoch } = await db().user.findUniqueOrThrow({ where: { id: user.id } })
  const open = await db().session.findMany({ where: { epoch: sessionEpoch }, select: { id: true } })
  const sorted = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
  expect(sorted(open)).toEqual(sorted([...seenLast, session]))
  expect(await countActiveSessions(user.id, new Date())).toBe(ACTIVE_SESSIONS_LIMIT)
})

test('avoids a deadlock when two browsers replace each other’s surplus session in parallel', async () => {
  const other = await createUser()
  for (let round = 0; round < 5; round++) {
    const [one, two] = await Promise.all(
      [user, other].map(async (who) => {
        const oldest = await createSession(who, { transport: 'cookie', now: daysAgo(1) })
        await insertSessions(who, ACTIVE_SESSIONS_LIMIT, NOW)
        return oldest.refresh.token
      }),
    )
    await Promise.all([
      createSession(user, { transport: 'cookie', replacedRefreshToken: two, now: NOW }),
      createSession(other, { transport: 'cookie', replacedRefreshToken: one, now: NOW }),
    ])
  }
})
