import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, secondsLater, type TestUser } from '#lib/testing/factories.ts'
import { DAY_SECONDS } from '#lib/time.ts'
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

test('tells of a session what its owner recognises it by', async () => {
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

test('this session comes first, then those that were seen last', async () => {
  const older = await createSession(user, { now: secondsLater(START, 60) })
  const newer = await createSession(user, { now: secondsLater(START, 120) })
  const ids = [actor.sessionId, newer.session.id, older.session.id]
  expect(await listedIds(secondsLater(START, 180))).toEqual(ids)
})

test('only those that somebody could still use are listed', async () => {
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

test('a session whose refresh token was not used for 7 days is none any more', async () => {
  const used = await createSession(user, { now: START })
  const later = secondsLater(START, 6 * DAY_SECONDS)
  await rotateRefreshToken(used.refresh.token, { client, transport: 'bearer', databaseNow: later })
  expect(await listedIds(secondsLater(START, 8 * DAY_SECONDS))).toEqual([used.session.id])
})

test('those of other accounts are never listed', async () => {
  await createSession(await createUser(), { now: START })
  expect(await listedIds()).toEqual([actor.sessionId])
})
