import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { listSessions } from './list-sessions.ts'
import { revokeSession } from './revoke-session.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const client = makeClient()
let user: TestUser
let actor: Actor

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
  const { session } = await createSession(user, { now: START })
  actor = { userId: user.id, sessionId: session.id, role: 'user', client }
})

async function listedIds(now = START) {
  return (await listSessions(actor, now)).map(({ id }) => id)
}

test('describes a session by what its owner recognises', async () => {
  expect(await listSessions(actor, START)).toEqual([
    {
      id: actor.sessionId,
      createdAt: START,
      lastSeenAt: START,
      expiresAt: secondsLater(START, 30 * DAY_SECONDS),
      ipAddress: client.ipAddress,
      userAgent: 'vitest',
      device: 'vitest',
      signedInWith: 'password',
      persistent: true,
      isCurrent: true,
    },
  ])
})

test('lists the current session first, then those last seen', async () => {
  const older = await createSession(user, { now: secondsLater(START, 60) })
  const newer = await createSession(user, { now: secondsLater(START, 120) })
  const ids = [actor.sessionId, newer.session.id, older.session.id]
  expect(await listedIds(secondsLater(START, 180))).toEqual(ids)
})

test('lists no revoked and no expired session', async () => {
  const revoked = await createSession(user, { now: START })
  await revokeSession(db(), {
    sessionId: revoked.session.id,
    reason: 'logged_out_elsewhere',
    client,
    now: START,
  })
  const unkept = await createSession(user, { persistent: false, now: START })
  expect(await listedIds()).toEqual([actor.sessionId, unkept.session.id])
  expect(await listedIds(secondsLater(START, DAY_SECONDS))).toEqual([actor.sessionId])
})

test('lists no session whose refresh token was not used for 7 days', async () => {
  const used = await createSession(user, { now: START })
  const later = secondsLater(START, 6 * DAY_SECONDS)
  await rotateRefreshToken(used.refresh.token, { client, transport: 'bearer', databaseNow: later })
  expect(await listedIds(secondsLater(START, 8 * DAY_SECONDS))).toEqual([used.session.id])
})

test('lists no session of another account', async () => {
  await createSession(await createUser(), { now: START })
  expect(await listedIds()).toEqual([actor.sessionId])
})
