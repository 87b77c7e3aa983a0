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

/** Makes the last rotation of a user's tokens older, which only time would do. */
function age(userId: string, seconds: number): Promise<unknown> {
  return query(
    `UPDATE refresh_tokens SET rotated_at = rotated_at - make_interval(secs => $2)
     WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1) AND rotated_at IS NOT NULL`,
    [userId, seconds],
  )
}

function expectRefused(answer: Parameters<typeof expectError>[0]): void {
  expectError(answer, 401, 'INVALID_REFRESH_TOKEN')
  expect(answer.text).toContain('"Invalid refresh token"')
}

test('a refresh token is exchanged once: the old one is refused at once, the new one works', async () => {
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

  expectRefused(await refresh(account.refreshToken))
  expect(await statusOfMe(account)).toBe(200)
  expectApiAnswer(await refresh(first.body.refresh_token), 200)
  const raced = await eventsOf(account.userId, 'refresh_token_raced')
  expect(raced).toMatchObject([{ success: false, failure_reason: 'raced' }])
})

test('of twenty parallel refreshes with one token one succeeds, and the session lives on', async () => {
  const account = await signUp()
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(account.refreshToken)))
  const [winner, ...others] = answers.toSorted((a, b) => a.status - b.status)
  expectApiAnswer(winner!, 200)
  for (const other of others) expectRefused(other)
  expectApiAnswer(await refresh(winner!.body.refresh_token), 200)
})

test('replaying a used token after its ten seconds revokes the whole session', async () => {
  const account = await signUp()
  const { body } = await refresh(account.refreshToken)
  await age(account.userId, 11)
  expectRefused(await refresh(account.refreshToken))
  expectRefused(await refresh(body.refresh_token))
  expect(await statusOfMe(account)).toBe(401)
  expect(await statusOfMe({ ...account, token: body.access_token })).toBe(401)
  const reused = await eventsOf(account.userId, 'refresh_token_reused')
  expect(reused).toMatchObject([{ success: false, details: { successor_used: false } }])
})

test('replaying a used token whose successor is used too revokes the session within ten seconds', async () => {
  const account = await signUp()
  const first = await refresh(account.refreshToken)
  const second = await refresh(first.body.refresh_token)
  expectApiAnswer(second, 200)
  expectRefused(await refresh(account.refreshToken))
  expectRefused(await refresh(second.body.refresh_token))
  expect(await statusOfMe({ ...account, token: second.body.access_token })).toBe(401)
  const reused = await eventsOf(account.userId, 'refresh_token_reused')
  expect(reused).toMatchObject([{ success: false, details: { successor_used: true } }])
})

test('one session’s reuse leaves the account’s other sessions alone', async () => {
  const account = await signUp()
  const { body: other } = await call<{ token: string }>('/api/auth/login', { json: account })
  await refresh(account.refreshToken)
  await age(account.userId, 60)
  expectRefused(await refresh(account.refreshToken))
  expect(await statusOfMe({ ...account, token: other.token })).toBe(200)
})

test('an idle or over session renews nothing', async () => {
  const [idle, over] = [await signUp(), await signUp()]
  const session = '(SELECT id FROM sessions WHERE user_id = $1)'
  await query(`UPDATE refresh_tokens SET expires_at = now() WHERE session_id = ${session}`, [idle.userId])
  await query(`UPDATE sessions SET expires_at = now() WHERE id = ${session}`, [over.userId])
  expectRefused(await refresh(idle.refreshToken))
  expectRefused(await refresh(over.refreshToken))
  expect(await statusOfMe(over)).toBe(401)
})

test('an access token is no refresh token, and neither is anything else', async () => {
  const { token, refreshToken } = await signUp()
  for (const unknown of [token, `${refreshToken}x`, refreshToken.toLowerCase(), 'undefined', ' ', '%00']) {
    expectRefused(await refresh(unknown))
  }
  for (const json of [{}, { refresh_token: '' }, { refresh_token: null }, { refreshToken }]) {
    expectInvalid(await call('/api/auth/refresh', { json }), 'refresh_token')
  }
})

test('refreshing never reads cookies or the bearer token', async () => {
  const { refreshToken, token } = await signUp()
  const answer = await call('/api/auth/refresh', {
    json: {},
    token,
    cookie: `taskward.refresh=${refreshToken}`,
  })
  expectInvalid(answer, 'refresh_token')
  expectApiAnswer(await refresh(refreshToken), 200)
})
