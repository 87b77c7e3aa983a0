import pg from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
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
import { refresh } from './refresh.ts'
import { authenticate } from './session/authenticate.ts'
import { newRefreshToken } from './session/refresh-token.ts'

const INVALID = { ok: false, error: { code: 'INVALID_REFRESH_TOKEN' } }
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

function attempt(token: string, transport: 'cookie' | 'bearer' = 'bearer', ipAddress = '203.0.113.9') {
  return refresh(token, { client: makeClient({ ipAddress }), transport, now: new Date() })
}

test('returns new tokens for the same session', async () => {
  const { session, refresh: first } = await createSession(user)
  const renewed = await attempt(first.token)
  if (!renewed.ok) throw new Error(renewed.error.code)
  expect(renewed.value.refresh.token).not.toBe(first.token)
  expect(
    await authenticate(renewed.value.access.token, { client: makeClient(), now: new Date() }),
  ).toMatchObject({
    value: { userId: user.id, sessionId: session.id },
  })
})

test('sends six statements for a rotation', async () => {
  const { refresh: first } = await createSession(user)
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await attempt(first.token)
  // The check for a blocked network, BEGIN, the lock, the throttle, all writes, COMMIT.
  expect(query).toHaveBeenCalledTimes(6)
  query.mockRestore()
})

test('issues no access token that outlives its session', async () => {
  const { refresh: first } = await createSession(user)
  await db().session.updateMany({ data: { expiresAt: secondsLater(new Date(), 100) } })
  const renewed = await attempt(first.token)
  expect(renewed.ok && renewed.value.access.expiresInSeconds).toBeLessThanOrEqual(100)
})

test('returns one and the same refusal whatever is wrong', async () => {
  const used = await createSession(user)
  await attempt(used.refresh.token)
  const ended = await createSession(user)
  await db().session.updateMany({
    where: { id: ended.session.id },
    data: { revokedAt: new Date(), revokedReason: 'logged_out' },
  })
  const browsers = await createSession(user, { transport: 'cookie' })
  const tokens = [
    newRefreshToken(),
    '',
    'a.b.c',
    used.refresh.token,
    ended.refresh.token,
    browsers.refresh.token,
  ]
  for (const token of tokens) expect(await attempt(token)).toEqual(INVALID)
  expect((await eventNames()).slice(1)).toEqual([
    'token_refresh_refused unknown_token',
    'token_refresh_refused unknown_token',
    'token_refresh_refused unknown_token',
    'refresh_token_raced raced',
    'token_refresh_refused session_revoked',
    'token_refresh_refused wrong_transport',
  ])
})

describe('throttles', () => {
  test('make an address wait after 60 refused tokens, and no other', async () => {
    const { refresh: good } = await createSession(user)
    for (let i = 0; i < 60; i++) expect(await attempt(newRefreshToken())).toEqual(INVALID)
    for (const token of [newRefreshToken(), newRefreshToken()]) {
      expect(await attempt(token)).toMatchObject({
        error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
      })
    }
    expect((await eventNames()).filter((name) => name.startsWith('throttled'))).toEqual([
      'throttled refresh.address',
    ])
    expect(await attempt(good.token, 'bearer', '198.51.100.7')).toMatchObject({ ok: true })
  })

  test('let a valid token pass after refused ones of its address', async () => {
    const { refresh: good } = await createSession(user)
    for (let i = 0; i < 61; i++) await attempt(newRefreshToken())
    expect(await attempt(newRefreshToken())).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await attempt(good.token)).toMatchObject({ ok: true })
  })

  test('count no successful renewal against the address', async () => {
    for (let i = 0; i < 5; i++) await attempt((await createSession(user)).refresh.token)
    expect(await db().throttleBucket.count({ where: { key: { startsWith: 'refresh.address' } } })).toBe(0)
  })

  test('allow a session 30 rotations a minute, not counting replays of racing tabs', async () => {
    let { token } = (await createSession(user, { transport: 'cookie' })).refresh
    let before = token
    for (let i = 0; i < 30; i++) {
      const renewed = await attempt(token, 'cookie')
      before = token
      token = renewed.ok ? renewed.value.refresh.token : ''
    }
    for (let i = 0; i < 5; i++) expect(await attempt(before, 'cookie')).toMatchObject({ ok: true })
    expect(await attempt(token, 'cookie')).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect((await eventNames()).at(-1)).toBe('throttled refresh.session')
    expect((await allEvents()).at(-1)).toMatchObject({ userId: user.id, sessionId: expect.any(String) })
    expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  })
})
