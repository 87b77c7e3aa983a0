import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient } from '#lib/testing/factories.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { getLogOutReason } from './get-log-out-reason.ts'
import { newRefreshToken } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const client = makeClient()
let started: Awaited<ReturnType<typeof createSession>>

beforeEach(async () => {
  await emptyTables()
  started = await createSession(await createUser(), { transport: 'cookie', now: START })
})

test.each([
  ['logged_out', 'logged_out'],
  ['logged_out_elsewhere', 'logged_out_elsewhere'],
  ['password_changed', 'password_changed'],
  ['refresh_token_reused', 'refresh_token_reused'],
  ['ended_by_operator', 'ended_by_operator'],
  ['too_many_sessions', 'too_many_sessions'],
  ['replaced', null],
  ['account_disabled', null],
] as const)('returns for a session that ended as %s: %s', async (reason, expected) => {
  await revokeSession(db(), { sessionId: started.session.id, reason, client, now: START })
  expect(await getLogOutReason(started.refresh.token, START)).toBe(expected)
})

test('returns null for an active session', async () => {
  expect(await getLogOutReason(started.refresh.token, secondsLater(START, 7 * DAY_SECONDS - 1))).toBeNull()
})

test('returns expired for a token that was not used for 7 days', async () => {
  expect(await getLogOutReason(started.refresh.token, secondsLater(START, 7 * DAY_SECONDS))).toBe('expired')
})

test('returns the reason of a revocation even after the session would have expired', async () => {
  await revokeSession(db(), {
    sessionId: started.session.id,
    reason: 'refresh_token_reused',
    client,
    now: START,
  })
  expect(await getLogOutReason(started.refresh.token, secondsLater(START, 60 * DAY_SECONDS))).toBe(
    'refresh_token_reused',
  )
})

test('returns the reason also for a token used long ago', async () => {
  await rotateRefreshToken(started.refresh.token, { client, transport: 'cookie', databaseNow: START })
  await revokeSession(db(), {
    sessionId: started.session.id,
    reason: 'logged_out_elsewhere',
    client,
    now: START,
  })
  expect(await getLogOutReason(started.refresh.token, START)).toBe('logged_out_elsewhere')
})

test.each(['', 'x', newRefreshToken()])('returns null for the unknown token %j', async (token) => {
  await revokeSession(db(), { sessionId: started.session.id, reason: 'logged_out', client, now: START })
  expect(await getLogOutReason(token, START)).toBeNull()
})
