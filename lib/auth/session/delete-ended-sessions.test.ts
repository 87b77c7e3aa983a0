import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, secondsLater, type TestUser } from '#lib/testing/factories.ts'
import { DAY_SECONDS } from '#lib/time.ts'
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
  test('a revoked session goes after 30 days, with all its tokens, used and unused', async () => {
    const { session, refresh } = await createSession(user, { transport: 'cookie', now: START })
    await rotate(await rotate(refresh.token, START), START)
    await revokeSession(db(), { sessionId: session.id, reason: 'logged_out', client, now: START })
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 30 * DAY_SECONDS))).toBe(0)
    expect(await db().refreshToken.count()).toBe(3)
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 30 * DAY_SECONDS + 1))).toBe(1)
    expect([await db().session.count(), await db().refreshToken.count()]).toEqual([0, 0])
  })

  test('a session that ran out goes 30 days after its end', async () => {
    await createSession(user, { persistent: false, now: START })
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 31 * DAY_SECONDS))).toBe(0)
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 31 * DAY_SECONDS + 1))).toBe(1)
  })

  test('a living session stays whole, however old its used tokens are', async () => {
    const { refresh } = await createSession(user, { transport: 'cookie', now: START })
    let token = refresh.token
    for (const day of [6, 12, 18, 24]) token = await rotate(token, secondsLater(START, day * DAY_SECONDS))
    expect(await deleteEndedSessions(db(), LIMIT, secondsLater(START, 29 * DAY_SECONDS))).toBe(0)
    expect(await db().refreshToken.count()).toBe(5)
  })

  test('whoever presents a token after that is told nothing else than a stranger', async () => {
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

  test('events of a deleted session stay', async () => {
    const { session } = await createSession(user, { now: START })
    await revokeSession(db(), { sessionId: session.id, reason: 'logged_out', client, now: START })
    await deleteEndedSessions(db(), LIMIT, secondsLater(START, 31 * DAY_SECONDS))
    expect(await db().authEvent.count({ where: { sessionId: session.id } })).toBe(1)
  })

  test('it takes no more than it is allowed, and waits for no session that somebody holds', async () => {
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

  test('a sealed successor is kept while racers may still be given it, and forgotten after that', async () => {
    const { refresh } = await createSession(user, { transport: 'cookie', now: START })
    const successor = await rotate(refresh.token, START)
    expect(await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 10))).toBe(0)
    expect(await rotate(refresh.token, secondsLater(START, 10))).toBe(successor)
    expect(await seals()).toBe(1)
    expect(await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 60))).toBe(1)
    expect(await seals()).toBe(0)
  })

  test('without its seal a used token is still known as reused', async () => {
    const { session, refresh } = await createSession(user, { transport: 'cookie', now: START })
    await rotate(refresh.token, START)
    await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 60))
    await expect(rotate(refresh.token, secondsLater(START, 60))).rejects.toThrow('refused')
    expect(await db().session.findUniqueOrThrow({ where: { id: session.id } })).toMatchObject({
      revokedReason: 'refresh_token_reused',
    })
  })

  test('it takes no more than it is allowed', async () => {
    for (let i = 0; i < 3; i++) {
      await rotate((await createSession(user, { transport: 'cookie', now: START })).refresh.token, START)
    }
    expect(await deleteExpiredSeals(db(), 2, secondsLater(START, 60))).toBe(2)
    expect(await seals()).toBe(1)
  })
})

test('what a form that was sent has sealed goes after a minute, within the limit of both kinds', async () => {
  const submission = newSubmissionId()
  const { refresh } = await createSession(user, { transport: 'cookie', submission, now: START })
  await rotate(refresh.token, START)
  expect(await deleteExpiredSeals(db(), LIMIT, secondsLater(START, 20))).toBe(0)
  expect(await deleteExpiredSeals(db(), 1, secondsLater(START, 61))).toBe(1)
  expect(await db().formSubmission.count()).toBe(1)
  expect(await deleteExpiredSeals(db(), 1, secondsLater(START, 61))).toBe(1)
  expect(await db().formSubmission.count()).toBe(0)
})
