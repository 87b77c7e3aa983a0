import { expect, test } from '@playwright/test'
import {
  call,
  expectApiAnswer,
  expectError,
  expectInvalid,
  refresh,
  signUp,
  statusOfMe,
} from '../support/api.ts'
import { eventsOf, query } from '../support/sql.ts'
import { decode } from '../support/tokens.ts'

/** Moves the rotations of a user's tokens into the past. */
function ageRotations(userId: string, seconds: number): Promise<unknown> {
  return query(
    `UPDATE refresh_tokens SET rotated_at = rotated_at - make_interval(secs => $2)
     WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1) AND rotated_at IS NOT NULL`,
    [userId, seconds],
  )
}

function expectRejected(answer: Parameters<typeof expectError>[0]): void {
  expectError(answer, 401, 'INVALID_REFRESH_TOKEN')
  expect(answer.text).toContain('"Invalid refresh token"')
}

test('a used refresh token is rejected immediately, and its successor works', async () => {
  const account = await signUp()
  const first = await refresh(account.refreshToken)
  expectApiAnswer(first, 200)
  expect(first.body).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    token_type: 'Bearer',
    expires_in: 900,
  })
  expect(first.body.refresh_token).not.toBe(account.refreshToken)
  expect(first.body.access_token).not.toBe(account.token)
  expect(decode(first.body.access_token)[1]?.sid).toBe(decode(account.token)[1]?.sid)

  expectRejected(await refresh(account.refreshToken))
  expect(await statusOfMe(account)).toBe(200)
  expectApiAnswer(await refresh(first.body.refresh_token), 200)
  const raced = await eventsOf(account.userId, 'refresh_token_raced')
  expect(raced).toMatchObject([{ success: false, failure_reason: 'raced' }])
})

test('twenty parallel refreshes with one token return one success and keep the session', async () => {
  const account = await signUp()
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(account.refreshToken)))
  const [winner, ...losers] = answers.toSorted((a, b) => a.status - b.status)
  expectApiAnswer(winner!, 200)
  for (const loser of losers) expectRejected(loser)
  expectApiAnswer(await refresh(winner!.body.refresh_token), 200)
})

test('a refresh token reused after ten seconds is rejected and revokes the session', async () => {
  const account = await signUp()
  const { body } = await refresh(account.refreshToken)
  await ageRotations(account.userId, 11)
  expectRejected(await refresh(account.refreshToken))
  expectRejected(await refresh(body.refresh_token))
  expect(await statusOfMe(account)).toBe(401)
  expect(await statusOfMe({ ...account, token: body.access_token })).toBe(401)
  const reused = await eventsOf(account.userId, 'refresh_token_reused')
  expect(reused).toMatchObject([{ success: false, details: { successor_used: false } }])
})

test('a refresh token reused after its successor was used revokes the session within ten seconds', async () => {
  const account = await signUp()
  const first = await refresh(account.refreshToken)
  const second = await refresh(first.body.refresh_token)
  expectApiAnswer(second, 200)
  expectRejected(await refresh(account.refreshToken))
  expectRejected(await refresh(second.body.refresh_token))
  expect(await statusOfMe({ ...account, token: second.body.access_token })).toBe(401)
  const reused = await eventsOf(account.userId, 'refresh_token_reused')
  expect(reused).toMatchObject([{ success: false, details: { successor_used: true } }])
})

test('a reused refresh token ends no other session of the account', async () => {
  const account = await signUp()
  const { body: other } = await call<{ token: string }>('/api/auth/login', { json: account })
  await refresh(account.refreshToken)
  await ageRotations(account.userId, 60)
  expectRejected(await refresh(account.refreshToken))
  expect(await statusOfMe({ ...account, token: other.token })).toBe(200)
})

test('a refresh token of an idle or expired session is rejected', async () => {
  const [idle, expired] = [await signUp(), await signUp()]
  const session = '(SELECT id FROM sessions WHERE user_id = $1)'
  await query(`UPDATE refresh_tokens SET expires_at = now() WHERE session_id = ${session}`, [idle.userId])
  await query(`UPDATE sessions SET expires_at = now() WHERE id = ${session}`, [expired.userId])
  expectRejected(await refresh(idle.refreshToken))
  expectRejected(await refresh(expired.refreshToken))
  expect(await statusOfMe(expired)).toBe(401)
})

test('an access token or an unknown text is rejected as a refresh token', async () => {
  const { token, refreshToken } = await signUp()
  for (const unknown of [token, `${refreshToken}x`, refreshToken.toLowerCase(), 'undefined', ' ', '%00']) {
    expectRejected(await refresh(unknown))
  }
  for (const json of [{}, { refresh_token: '' }, { refresh_token: null }, { refreshToken }]) {
    expectInvalid(await call('/api/auth/refresh', { json }), 'refresh_token')
  }
})

test('a refresh ignores cookies and the bearer token', async () => {
  const { refreshToken, token } = await signUp()
  const answer = await call('/api/auth/refresh', {
    json: {},
    token,
    cookie: `taskward.refresh=${refreshToken}`,
  })
  expectInvalid(answer, 'refresh_token')
  expectApiAnswer(await refresh(refreshToken), 200)
})
