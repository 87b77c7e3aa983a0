import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { authenticate } from './authenticate.ts'
import { newRefreshToken } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import { withAccessToken } from './tokens.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const UNAUTHORIZED = { ok: false, error: { code: 'UNAUTHORIZED' } }
const client = makeClient()
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

async function signedIn() {
  return withAccessToken(await createSession(user, { now: START }), START)
}

function lastSeen() {
  return db().session.findFirstOrThrow({ select: { lastSeenAt: true } })
}

test('returns the user of a valid token with an active session', async () => {
  const { access, session } = await signedIn()
  expect(await authenticate(access.token, { client, now: START })).toEqual({
    ok: true,
    value: {
      userId: user.id,
      sessionId: session.id,
      role: 'user',
      email: user.email,
      emailConfirmedAt: null,
      name: null,
      timeZone: null,
      createdAt: expect.any(Date),
      lastLoginAt: null,
      persistent: true,
      requirement: null,
      own: null,
      client,
    },
  })
})

test("reads what is asked of the account along with its session, and nothing of a revoked session's", async () => {
  const { access, session } = await signedIn()
  const read = { sql: 'SELECT json_build_array($2::uuid, $4::int)', values: [7] }
  const authenticated = await authenticate(access.token, { client, now: START, read })
  expect(authenticated).toMatchObject({ ok: true, value: { userId: user.id, own: [user.id, 7] } })
  await db().session.update({
    where: { id: session.id },
    data: { revokedAt: START, revokedReason: 'logged_out' },
  })
  expect(await authenticate(access.token, { client, now: START, read })).toEqual(UNAUTHORIZED)
})

test('returns the present name, e-mail and role, not those at the time of the token', async () => {
  const { access } = await signedIn()
  const now = { name: 'Ada', email: 'ada@new.example', role: 'admin' } as const
  await db().user.update({ where: { id: user.id }, data: now })
  expect(await authenticate(access.token, { client, now: START })).toMatchObject({ value: now })
})

test('checks with each request whether the password has to be changed', async () => {
  const { access } = await signedIn()
  const data = { passwordChangeRequiredAt: START }
  await db().user.update({ where: { id: user.id }, data })
  expect(await authenticate(access.token, { client, now: START })).toMatchObject({
    value: { requirement: 'PASSWORD_CHANGE_REQUIRED' },
  })
})

describe('returns UNAUTHORIZED', () => {
  test.each(['', 'garbage', 'a.b.c', newRefreshToken(), null])('for the token %j', async (token) => {
    await signedIn()
    expect(await authenticate(token, { client, now: START })).toEqual(UNAUTHORIZED)
  })

  test('for an expired token', async () => {
    const { access } = await signedIn()
    expect(await authenticate(access.token, { client, now: secondsLater(START, 906) })).toEqual(UNAUTHORIZED)
  })

  test('from the next request on after a revocation', async () => {
    const { access, session } = await signedIn()
    await db().$transaction((tx) =>
      revokeSession(tx, { sessionId: session.id, reason: 'logged_out', client, now: START }),
    )
    expect(await authenticate(access.token, { client, now: START })).toEqual(UNAUTHORIZED)
  })

  test('after the session has expired', async () => {
    const { access } = await signedIn()
    await db().session.updateMany({ data: { expiresAt: secondsLater(START, 10) } })
    expect(await authenticate(access.token, { client, now: secondsLater(START, 9) })).toMatchObject({
      ok: true,
    })
    expect(await authenticate(access.token, { client, now: secondsLater(START, 10) })).toEqual(UNAUTHORIZED)
  })

  test('for a disabled account', async () => {
    const { access } = await signedIn()
    await db().user.update({ where: { id: user.id }, data: { disabledAt: START } })
    expect(await authenticate(access.token, { client, now: START })).toEqual(UNAUTHORIZED)
  })

  test('for a deleted account', async () => {
    const { access } = await signedIn()
    await db().user.delete({ where: { id: user.id } })
    expect(await authenticate(access.token, { client, now: START })).toEqual(UNAUTHORIZED)
  })

  test("for a well-signed token that names another user's session", async () => {
    const { session } = await signedIn()
    const other = await createUser()
    for (const userId of [other.id, randomUUID()]) {
      const subject = {
        userId,
        email: other.email,
        sessionId: session.id,
        sessionExpiresAt: session.expiresAt,
      }
      const { token } = await issueAccessToken(subject, START)
      expect(await authenticate(token, { client, now: START })).toEqual(UNAUTHORIZED)
    }
  })

  test('for a session that never existed', async () => {
    const subject = {
      userId: user.id,
      email: user.email,
      sessionId: randomUUID(),
      sessionExpiresAt: secondsLater(START, 900),
    }
    const { token } = await issueAccessToken(subject, START)
    expect(await authenticate(token, { client, now: START })).toEqual(UNAUTHORIZED)
  })
})

describe('a token that was accepted before is refused with the next request', () => {
  const endings: Record<string, (sessionId: string) => Promise<unknown>> = {
    'after its session was revoked': (sessionId) =>
      db().$transaction((tx) => revokeSession(tx, { sessionId, reason: 'logged_out', client, now: START })),
    'after all sessions of the account ended': () =>
      db().user.update({ where: { id: user.id }, data: { sessionEpoch: { increment: 1 } } }),
    'after the account was disabled': () =>
      db().user.update({ where: { id: user.id }, data: { disabledAt: START } }),
    'after the account was deleted': () => db().user.delete({ where: { id: user.id } }),
  }

  test.each(Object.entries(endings))('%s', async (_, end) => {
    const { access, session } = await signedIn()
    const ask = () => authenticate(access.token, { client, now: START })
    expect(await ask()).toMatchObject({ ok: true })
    expect(await ask()).toMatchObject({ ok: true })
    await end(session.id)
    expect(await ask()).toEqual(UNAUTHORIZED)
  })
})

test('reads what Prisma reads', async () => {
  const { access, session } = await signedIn()
  await db().user.update({ where: { id: user.id }, data: { name: 'Ada', lastLoginAt: START, role: 'admin' } })
  const { id, ...account } = await db().user.findUniqueOrThrow({
    where: { id: user.id },
    select: { id: true, role: true, email: true, name: true, createdAt: true, lastLoginAt: true },
  })
  const { persistent } = await db().session.findUniqueOrThrow({ where: { id: session.id } })
  expect(await authenticate(access.token, { client, now: START })).toMatchObject({
    value: { ...account, userId: id, persistent },
  })
})

test('writes the time last seen at most once a minute', async () => {
  const { access } = await signedIn()
  await authenticate(access.token, { client, now: secondsLater(START, 60) })
  expect(await lastSeen()).toEqual({ lastSeenAt: START })
  await authenticate(access.token, { client, now: secondsLater(START, 61) })
  expect(await lastSeen()).toEqual({ lastSeenAt: secondsLater(START, 61) })
  await authenticate(access.token, { client, now: secondsLater(START, 121) })
  expect(await lastSeen()).toEqual({ lastSeenAt: secondsLater(START, 61) })
})

test('overwrites a time last seen in the future, left by a wrong clock', async () => {
  const { access } = await signedIn()
  await db().session.updateMany({ data: { lastSeenAt: secondsLater(START, 3600) } })
  await authenticate(access.token, { client, now: START })
  expect(await lastSeen()).toEqual({ lastSeenAt: START })
})
