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
  type TestUser,
} from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { newRefreshToken } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const at = (seconds: number) => secondsLater(START, seconds)
const DAY = 86_400
const REFUSED = refusedAs(expect.any(String))

/** The failure that `rotateRefreshToken` returns. */
function refusedAs(reason: string) {
  return { ok: false, error: { code: 'INVALID_REFRESH_TOKEN', reason } }
}

type Transport = 'cookie' | 'bearer'
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

function rotate(token: string, transport: Transport, databaseNow?: Date) {
  return rotateRefreshToken(token, { client: makeClient(), transport, databaseNow })
}

/** Fails the test if the token is refused. */
async function successorOf(token: string, transport: Transport, now?: Date): Promise<string> {
  const verdict = await rotate(token, transport, now)
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.error))
  return verdict.value.refresh.token
}

function start(transport: Transport, persistent = true) {
  return createSession(user, { transport, persistent, now: START })
}

async function revocation(sessionId: string) {
  const { revokedReason, revokedAt } = await db().session.findUniqueOrThrow({ where: { id: sessionId } })
  return revokedAt && revokedReason
}

/** At most one per session. */
async function unusedTokens(sessionId: string): Promise<number> {
  return db().refreshToken.count({ where: { sessionId, rotatedAt: null } })
}

describe.each(['cookie', 'bearer'] as const)('a %s session', (transport) => {
  test('exchanges its token for another one of the same session', async () => {
    const { session, refresh } = await start(transport)
    const verdict = await rotate(refresh.token, transport, at(60))
    expect(verdict).toEqual({
      ok: true,
      value: {
        user: { id: user.id, email: user.email },
        session,
        refresh: { token: expect.stringMatching(/^[\w-]{43}$/), expiresAt: at(60 + 7 * DAY) },
      },
    })
    const successor = verdict.ok ? verdict.value.refresh.token : ''
    expect(await rotate(successor, transport, at(120))).toMatchObject({ ok: true })
    expect(successor).not.toBe(refresh.token)
    expect(await unusedTokens(session.id)).toBe(1)
    const events = await allEvents()
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({
      eventType: 'token_refreshed',
      success: true,
      userId: user.id,
      sessionId: session.id,
    })
  })

  test('expires after 7 idle days', async () => {
    const { refresh } = await start(transport)
    expect(await rotate(refresh.token, transport, at(7 * DAY))).toMatchObject(refusedAs('token_expired'))
    expect(await rotate(refresh.token, transport, at(7 * DAY - 1))).toMatchObject({ ok: true })
  })

  test('expires after 30 days, however active', async () => {
    const { session, refresh } = await start(transport)
    let { token } = refresh
    for (let day = 6; day < 30; day += 6) token = await successorOf(token, transport, at(day * DAY))
    const last = await rotate(token, transport, at(29 * DAY))
    expect(last).toMatchObject({ ok: true, value: { refresh: { expiresAt: session.expiresAt } } })
    token = last.ok ? last.value.refresh.token : ''
    expect(await rotate(token, transport, at(30 * DAY))).toMatchObject(refusedAs('session_expired'))
  })

  test('expires after 24 hours if it is not persistent', async () => {
    const { refresh } = await start(transport, false)
    const verdict = await rotate(refresh.token, transport, at(DAY - 1))
    expect(verdict).toMatchObject({ ok: true, value: { refresh: { expiresAt: at(DAY) } } })
    expect(await rotate(verdict.ok ? verdict.value.refresh.token : '', transport, at(DAY))).toMatchObject(
      REFUSED,
    )
  })

  test('refuses a token presented over the other transport, and keeps it valid', async () => {
    const { session, refresh } = await start(transport)
    const other = transport === 'cookie' ? 'bearer' : 'cookie'
    expect(await rotate(refresh.token, other, at(1))).toMatchObject(refusedAs('wrong_transport'))
    expect(await revocation(session.id)).toBeNull()
    expect(await rotate(refresh.token, transport, at(2))).toMatchObject({ ok: true })
  })

  test('refuses the token of a disabled account', async () => {
    const { refresh } = await start(transport)
    await db().user.update({ where: { id: user.id }, data: { disabledAt: START } })
    expect(await rotate(refresh.token, transport, at(1))).toMatchObject(refusedAs('account_disabled'))
  })

  test('revokes the session when a token is reused after the grace period', async () => {
    const { session, refresh } = await start(transport)
    const successor = await successorOf(refresh.token, transport, at(60))
    expect(await rotate(refresh.token, transport, at(70.001))).toMatchObject(refusedAs('reused'))
    expect(await revocation(session.id)).toBe('refresh_token_reused')
    for (const token of [successor, refresh.token]) {
      expect(await rotate(token, transport, at(71))).toMatchObject(refusedAs('session_revoked'))
    }
    expect(await eventNames()).toEqual(['token_refreshed', 'refresh_token_reused refresh_token_reused'])
    const [, reused] = await allEvents()
    expect(reused).toMatchObject({
      success: false,
      userId: user.id,
      sessionId: session.id,
      details: { reason: 'refresh_token_reused', successor_used: false },
    })
  })

  test('revokes the session when a token is reused after its successor was used', async () => {
    const { session, refresh } = await start(transport)
    const successor = await successorOf(refresh.token, transport, at(60))
    const third = await successorOf(successor, transport, at(61))
    expect(await rotate(refresh.token, transport, at(62))).toMatchObject(REFUSED)
    expect(await revocation(session.id)).toBe('refresh_token_reused')
    expect(await rotate(third, transport, at(63))).toMatchObject(REFUSED)
    expect((await allEvents())[2]).toMatchObject({ details: { successor_used: true } })
  })

  test('detects reuse of a token that was used days ago', async () => {
    const { session, refresh } = await start(transport)
    let token = refresh.token
    for (let day = 1; day <= 6; day++) token = await successorOf(token, transport, at(day * DAY))
    expect(await rotate(refresh.token, transport, at(6 * DAY + 60))).toMatchObject(REFUSED)
    expect(await revocation(session.id)).toBe('refresh_token_reused')
  })

  test('refuses every token of a revoked session, even within the grace period', async () => {
    const { session, refresh } = await start(transport)
    const successor = await successorOf(refresh.token, transport, at(1))
    await db().$transaction((tx) =>
      revokeSession(tx, { sessionId: session.id, reason: 'logged_out', client: makeClient(), now: at(2) }),
    )
    for (const token of [refresh.token, successor])
      expect(await rotate(token, transport, at(3))).toMatchObject(REFUSED)
    expect(await revocation(session.id)).toBe('logged_out')
  })

  test('throttles the 31st rotation within a minute, and keeps its token valid', async () => {
    const { session, refresh } = await start(transport)
    let token = refresh.token
    for (let i = 0; i < 30; i++) token = await successorOf(token, transport, at(i))
    expect(await rotate(token, transport, at(30))).toMatchObject({
      ok: false,
      error: {
        code: 'RATE_LIMITED',
        throttled: { bucket: { name: 'refresh.session' }, retryAfterSeconds: 30 },
      },
    })
    expect(await revocation(session.id)).toBeNull()
    expect(await rotate(token, transport, at(60))).toMatchObject({ ok: true })
  })
})

test('refuses an unknown token without naming an account', async () => {
  expect(await rotate(newRefreshToken(), 'cookie', START)).toEqual(refusedAs('unknown_token'))
  expect(await rotate('', 'bearer', START)).toEqual(refusedAs('unknown_token'))
})

describe('tabs that race', () => {
  test('get the same successor with its original end', async () => {
    const { session, refresh } = await start('cookie')
    const winner = await rotate(refresh.token, 'cookie', at(60))
    for (const seconds of [60, 65, 70]) {
      expect(await rotate(refresh.token, 'cookie', at(seconds))).toEqual(winner)
    }
    expect(await unusedTokens(session.id)).toBe(1)
    expect(await eventNames()).toEqual(['token_refreshed', ...Array(3).fill('refresh_token_raced')])
    const raced = (await allEvents()).at(-1)
    expect(raced).toMatchObject({ success: true, ipAddress: '203.0.113.9', sessionId: session.id })
  })

  test('cannot prolong the grace period by a replay', async () => {
    const { session, refresh } = await start('cookie')
    await rotate(refresh.token, 'cookie', at(0))
    await rotate(refresh.token, 'cookie', at(9))
    expect(await rotate(refresh.token, 'cookie', at(11))).toMatchObject(REFUSED)
    expect(await revocation(session.id)).toBe('refresh_token_reused')
  })

  test('leave no seal of a successor that was used', async () => {
    const { session, refresh } = await start('cookie')
    const successor = await successorOf(refresh.token, 'cookie', at(1))
    await rotate(successor, 'cookie', at(2))
    const sealed = await db().refreshToken.findMany({
      where: { sessionId: session.id, sealedSuccessor: { not: null } },
      select: { tokenHash: true },
    })
    expect(sealed.map(({ tokenHash }) => Buffer.from(tokenHash))).toEqual([Buffer.from(hashToken(successor))])
  })

  test('rotate once in 30 parallel requests, and all get one unused token', async () => {
    const { session, refresh } = await start('cookie')
    await db().refreshToken.updateMany({ data: { expiresAt: secondsLater(new Date(), DAY) } })
    await db().session.updateMany({ data: { expiresAt: secondsLater(new Date(), DAY) } })
    const tokens = await Promise.all(Array.from({ length: 30 }, () => successorOf(refresh.token, 'cookie')))
    expect(new Set(tokens).size).toBe(1)
    expect(await unusedTokens(session.id)).toBe(1)
    expect((await eventNames()).sort()).toEqual([...Array(29).fill('refresh_token_raced'), 'token_refreshed'])
  })
})

describe('a bearer client that races', () => {
  test('is refused, recorded, and keeps its session', async () => {
    const { session, refresh } = await start('bearer')
    const successor = await successorOf(refresh.token, 'bearer', at(60))
    expect(await rotate(refresh.token, 'bearer', at(65))).toMatchObject(refusedAs('raced'))
    expect(await revocation(session.id)).toBeNull()
    expect(await rotate(successor, 'bearer', at(66))).toMatchObject({ ok: true })
  })

  test('rotates once in 30 parallel requests, and keeps its session', async () => {
    const { session, refresh } = await createSession(user, { transport: 'bearer' })
    const verdicts = await Promise.all(Array.from({ length: 30 }, () => rotate(refresh.token, 'bearer')))
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await unusedTokens(session.id)).toBe(1)
    expect(await revocation(session.id)).toBeNull()
  })
})

test.each(['cookie', 'bearer'] as const)(
  'leaves no valid token of a %s session that is revoked during 20 renewals',
  async (transport) => {
    const { session, refresh } = await createSession(user, { transport })
    const renewals = Array.from({ length: 20 }, () => rotate(refresh.token, transport))
    const logOut = db().$transaction((tx) =>
      revokeSession(tx, {
        sessionId: session.id,
        reason: 'logged_out',
        client: makeClient(),
        now: new Date(),
      }),
    )
    const verdicts = await Promise.all(renewals)
    expect(await logOut).toBe(true)
    expect(await revocation(session.id)).toBe('logged_out')
    for (const verdict of verdicts) {
      if (verdict.ok) expect(await rotate(verdict.value.refresh.token, transport)).toMatchObject(REFUSED)
    }
  },
)

test('stores no token in clear text, and no seal for bearer sessions', async () => {
  const tokens: string[] = []
  for (const transport of ['cookie', 'bearer'] as const) {
    const { refresh } = await start(transport)
    const successor = await successorOf(refresh.token, transport, at(1))
    tokens.push(refresh.token, successor)
  }
  const dump = await db().$queryRaw<{ row: string }[]>`
    SELECT refresh_tokens::text AS row FROM refresh_tokens
    UNION ALL SELECT sessions::text FROM sessions
    UNION ALL SELECT auth_events::text FROM auth_events
    UNION ALL SELECT throttle_buckets::text FROM throttle_buckets`
  const text = dump.map(({ row }) => row).join('\n')
  expect(dump.length).toBeGreaterThanOrEqual(8)
  for (const token of tokens) {
    expect(text).not.toContain(token)
    expect(text).not.toContain(Buffer.from(token).toString('hex'))
  }
  expect(
    await db().refreshToken.count({
      where: { sealedSuccessor: { not: null }, session: { transport: 'bearer' } },
    }),
  ).toBe(0)
})
