import { beforeEach, describe, expect, test } from 'vitest'
import { hashToken } from '#lib/auth/hash-token.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  type TestUser,
} from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { newRefreshToken } from './refresh-token.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'
import { startSession } from './start-session.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const DAY = 86_400
const CHANGED = { ok: false, error: { code: 'ACCOUNT_CHANGED' } }
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

function start() {
  return db().$transaction((tx) =>
    startSession(tx, { userId: user.id, passwordChangedAt: user.changedAt, signIn: makeSignIn() }),
  )
}

test.each([
  ['persistent', true, 30 * DAY, 7 * DAY],
  ['not persistent', false, DAY, DAY],
])('sets the end of a session that is %s, and of its token', async (_, persistent, ttl, idle) => {
  const { session, refresh } = await createSession(user, { persistent, now: START })
  expect(session.expiresAt).toEqual(secondsLater(START, ttl))
  expect(refresh.expiresAt).toEqual(secondsLater(START, idle))
})

test('stores the client, and the token only as a hash', async () => {
  const client = makeClient({ ipAddress: '198.51.100.7', userAgent: 'curl/8' })
  const { session, refresh } = await createSession(user, { client, transport: 'cookie' })
  const row = await db().session.findUniqueOrThrow({
    where: { id: session.id },
    include: { refreshTokens: true },
  })
  expect(row).toMatchObject({
    userId: user.id,
    transport: 'cookie',
    signedInWith: 'password',
    ipAddress: '198.51.100.7',
    userAgent: 'curl/8',
    revokedAt: null,
  })
  expect(row.refreshTokens).toHaveLength(1)
  expect(Buffer.from(row.refreshTokens[0]!.tokenHash)).toEqual(Buffer.from(hashToken(refresh.token)))
})

describe('returns ACCOUNT_CHANGED', () => {
  test('for a disabled account', async () => {
    await db().user.update({ where: { id: user.id }, data: { disabledAt: START } })
    expect(await start()).toEqual(CHANGED)
  })

  test('if the password was changed after it was verified', async () => {
    await db().password.update({
      where: { userId: user.id },
      data: { changedAt: secondsLater(user.changedAt, 1) },
    })
    expect(await start()).toEqual(CHANGED)
  })

  test('for a deleted account', async () => {
    await db().user.delete({ where: { id: user.id } })
    expect(await start()).toEqual(CHANGED)
  })

  test('after it has waited for a transaction that disables the account', async () => {
    let started: ReturnType<typeof start> | undefined
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${user.id}::uuid FOR UPDATE`
      started = start()
      await new Promise((resolve) => setTimeout(resolve, 100))
      await tx.user.update({ where: { id: user.id }, data: { disabledAt: START } })
    })
    expect(await started).toEqual(CHANGED)
  })

  test('after it has waited for a transaction that changes the password', async () => {
    let started: ReturnType<typeof start> | undefined
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${user.id}::uuid FOR UPDATE`
      started = start()
      await new Promise((resolve) => setTimeout(resolve, 100))
      await tx.password.update({ where: { userId: user.id }, data: { changedAt: new Date() } })
    })
    expect(await started).toEqual(CHANGED)
  })
})

describe('over an existing session of this browser', () => {
  test('ends that one, and records it', async () => {
    const before = await createSession(user, { transport: 'cookie' })
    await createSession(user, { transport: 'cookie', replacedRefreshToken: before.refresh.token })
    const row = await db().session.findUniqueOrThrow({ where: { id: before.session.id } })
    expect(row.revokedReason).toBe('replaced')
    expect(await allEvents()).toMatchObject([
      { eventType: 'session_revoked', sessionId: before.session.id, details: { reason: 'replaced' } },
    ])
  })

  test('ends the session of another account too: the browser keeps one', async () => {
    const before = await createSession(await createUser(), { transport: 'cookie' })
    await createSession(user, { transport: 'cookie', replacedRefreshToken: before.refresh.token })
    expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  })

  test('finds it by a used token', async () => {
    const { refresh } = await createSession(user, { transport: 'cookie' })
    await rotateRefreshToken(refresh.token, { client: makeClient(), transport: 'cookie' })
    await createSession(user, { transport: 'cookie', replacedRefreshToken: refresh.token })
    expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  })

  test('ends no bearer session whose token was planted as a cookie', async () => {
    const { refresh } = await createSession(user, { transport: 'bearer' })
    await createSession(user, { transport: 'cookie', replacedRefreshToken: refresh.token })
    expect(await db().session.count({ where: { revokedAt: null } })).toBe(2)
  })

  test('ignores an unknown token', async () => {
    await createSession(user, { transport: 'cookie', replacedRefreshToken: newRefreshToken() })
    expect(await eventNames()).toEqual([])
  })
})
