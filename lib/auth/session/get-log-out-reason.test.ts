import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, secondsLater } from '#lib/testing/factories.ts'
import { DAY_SECONDS } from '#lib/time.ts'
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
] as const)('a session that ended as %s is told as %s', async (reason, told) => {
  await revokeSession(db(), { sessionId: started.session.id, reason, client, now: START })
  expect(await getLogOutReason(started.refresh.token, START)).toBe(told)
})

test('a living session has no end', async () => {
  expect(await getLogOutReason(started.refresh.token, secondsLater(START, 7 * DAY_SECONDS - 1))).toBeNull()
})

test('a token that was not used for 7 days has expired', async () => {
  expect(await getLogOutReason(started.refresh.token, secondsLater(START, 7 * DAY_SECONDS))).toBe('expired')
})

test('how it was ended counts more than that it would be over by now', async () => {
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

test('a browser that holds a token used long ago is told as well', async () => {
  await rotateRefreshToken(started.refresh.token, { client, transport: 'cookie', databaseNow: START })
  await revokeSession(db(), {
    sessionId: started.session.id,
    reason: 'logged_out_elsewhere',
    client,
    now: START,
  })
  expect(await getLogOutReason(started.refresh.token, START)).toBe('logged_out_elsewhere')
})

test.each(['', 'x', newRefreshToken()])('who holds no token of ours learns nothing: %j', async (token) => {
  await revokeSession(db(), { sessionId: started.session.id, reason: 'logged_out', client, now: START })
  expect(await getLogOutReason(token, START)).toBeNull()
})
