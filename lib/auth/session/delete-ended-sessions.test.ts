import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { deleteEndedSessions, deleteExpiredSeals } from './delete-ended-sessions.ts'
import { newSubmissionId } from './double-submission.ts'
import { revokeSession } from './revoke-session.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const client = makeClient()
const LIMIT = 1000
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

async function rotate(token: string, now: Date): Promise<string> {
  const rotated = await rotateRefreshToken(token, { client, transport: 'cookie', databaseNow: now })
  if (!rotated.ok) throw new Error('The token was refused.')
  return rotated.value.refresh.token
}

describe('deleteEndedSessions', () => {
  test('deletes a revoked session after 30 days, with all its tokens', async () => {
    const { session, refresh } = await createSession(user, { transport: 'cookie', now: START })
    await rotate(await rotate(refresh.token, START), START)
    await revokeSession(db(), { sessionId: session.id, reason: 'logged_out', client, now: START })
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 30 * DAY_SECONDS))).toBe(0)
    expect(await db().refreshToken.count()).toBe(3)
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 30 * DAY_SECONDS + 1))).toBe(1)
    expect([await db().session.count(), await db().refreshToken.count()]).toEqual([0, 0])
  })

  test('deletes an expired session 30 days after its end', async () => {
    await createSession(user, { persistent: false, now: START })
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 31 * DAY_SECONDS))).toBe(0)
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 31 * DAY_SECONDS + 1))).toBe(1)
  })

  test('keeps all tokens of an active session, however old', async () => {
    const { refresh } = await createSession(user, { transport: 'cookie', now: START })
    let token = refresh.token
    for (const day of [6, 12, 18, 24]) token = await rotate(token, secondsLater(START, day * DAY_SECONDS))
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 29 * DAY_SECONDS))).toBe(0)
    expect(await db().refreshToken.count()).toBe(5)
  })

  test('treats a token of a deleted session as unknown', async () => {
    const { session, refresh } = await createSession(user, { transport: 'cookie', now: START })
    await revokeSession(db(), { sessionId: session.id, reason: 'refresh_token_reused', client, now: START })
    const later = secondsLater(START, 31 * DAY_SECONDS)
    await deleteEndedSessions(db(), LIMIT, later)
    expect(
      await rotateRefreshToken(refresh.token, { client, transport: 'cookie', databaseNow: later }),
    ).toEqual({
      ok: false,
      error: { code: 'INVALID_REFRESH_TOKEN', reason: 'unknown_token' },
    })
  })

  test('keeps the events of a deleted session', async () => {
    const { session } = await createSession(user, { now: START })
    await revokeSession(db(), { sessionId: session.id, reason: 'logged_out', client, now: START })
    await deleteEndedSessions(db(), LIMIT, secondsLater(START, 31 * DAY_SECONDS))
    expect(await db().authEvent.count({ where: { sessionId: session.id } })).toBe(1)
  })

  test('deletes at most the limit, and skips locked sessions', async () => {
    const ids: string[] = []
    for (let i = 0; i < 5; i++)
      ids.push((await createSession(user, { persistent: false, now: START })).session.id)
    const later = secondsLater(START, 40 * DAY_SECONDS)
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM sessions WHERE id = ${ids[0]}::uuid FOR UPDATE`
      expect(await deleteEndedSessions(db(), 2, later)).toBe(2)
      expect(await deleteEndedSessions(db(), LIMIT, later)).toBe(2)
    })
    expect(await db().session.findMany({ select: { id: true } })).toEqual([{ id: ids[0] }])
  })
})

describe('deleteExpiredSeals', () => {
  async function seals(): Promise<number> {
    return db().refreshToken.count({ where: { sealedSuccessor: { not: null } } })
  }

  test('keeps a sealed successor during the grace period, and deletes it afterwards', async () => {
    const { refresh } = await createSession(user, { transport: 'cookie', now: START })
    const successor = await rotate(refresh.token, START)
    expect(await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 10))).toBe(0)
    expect(await rotate(refresh.token, secondsLater(START, 10))).toBe(successor)
    expect(await seals()).toBe(1)
    expect(await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 60))).toBe(1)
    expect(await seals()).toBe(0)
  })

  test('still detects reuse of a token whose seal was deleted', async () => {
    const { session, refresh } = await createSession(user, { transport: 'cookie', now: START })
    await rotate(refresh.token, START)
    await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 60))
    await expect(rotate(refresh.token, secondsLater(START, 60))).rejects.toThrow('refused')
    expect(await db().session.findUniqueOrThrow({ where: { id: session.id } })).toMatchObject({
      revokedReason: 'refresh_token_reused',
    })
  })

  test('deletes at most the limit', async () => {
    for (let i = 0; i < 3; i++) {
      await rotate((await createSession(user, { transport: 'cookie', now: START })).refresh.token, START)
    }
    expect(await deleteExpiredSeals(db(), 2, secondsLater(START, 60))).toBe(2)
    expect(await seals()).toBe(1)
  })
})

test('deletes the seal of a submitted form after a minute, within one limit for both kinds', async () => {
  const submission = newSubmissionId()
  const { refresh } = await createSession(user, { transport: 'cookie', submission, now: START })
  await rotate(refresh.token, START)
  expect(await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 20))).toBe(0)
  expect(await deleteExpiredSeals(db(), 1, secondsLater(START, 61))).toBe(1)
  expect(await db().formSubmission.count()).toBe(1)
  expect(await deleteExpiredSeals(db(), 1, secondsLater(START, 61))).toBe(1)
  expect(await db().formSubmission.count()).toBe(0)
})
