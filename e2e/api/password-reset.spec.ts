import { expect, test } from '@playwright/test'
import { newEmail } from '../support/accounts.ts'
import {
  call,
  expectApiAnswer,
  expectError,
  expectInvalid,
  logIn,
  signUp,
  statusOfMe,
} from '../support/api.ts'
import { createResetLink, tokenOf } from '../support/links.ts'
import { linksIn, readMail } from '../support/mails.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { query } from '../support/sql.ts'

const NEW_PASSWORD = 'eleven patient otters by noon'

const forgot = (email: unknown, headers = {}) =>
  call('/api/auth/password/forgot', { json: { email }, headers })
const reset = (token: unknown, password: unknown = NEW_PASSWORD) =>
  call('/api/auth/password/reset', { json: { token, password } })

test('a known, an unknown and a disabled account get the same answer', async () => {
  const [known, disabled] = [await signUp(), await signUp()]
  await query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled.userId])
  const answers = []
  for (const email of [known.email, newEmail(), disabled.email]) {
    const answer = await forgot(email)
    expectApiAnswer(answer, 202)
    const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
    answers.push({ text: answer.text, headers })
  }
  expect(answers.slice(1)).toEqual([answers[0], answers[0]])
  const mailed = () =>
    query<{ user_id: string }>(
      "SELECT user_id FROM mails WHERE user_id = ANY ($1) AND kind = 'password_reset'",
      [[known.userId, disabled.userId]],
    )
  await expect.poll(mailed).toEqual([{ user_id: known.userId }])
})

test('a link begins with APP_URL, whatever host the request names', async () => {
  const { email } = await signUp()
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example',
  }
  expectApiAnswer(await forgot(email, headers), 202)
  const mail = await readMail('password-reset', email)
  expect(linksIn(mail)).toEqual([expect.stringContaining(`${SHARED_SERVER}/reset-password?token=`)])
  expect(mail).not.toContain('evil.example')
})

test('a link sets the password once and ends all sessions', async () => {
  const account = await signUp()
  const token = tokenOf(await createResetLink(account.userId))
  expectError(await reset('x'), 401, 'INVALID_LINK')
  expectInvalid(await reset(token, 'Summer2026'), 'password')
  expectInvalid(await reset(token, 'short'), 'password')
  const done = await reset(token)
  expectApiAnswer(done, 204)
  expect(done.text).toBe('')
  expectError(await reset(token), 401, 'INVALID_LINK')
  expect(await statusOfMe(account)).toBe(401)
  expectError(await logIn(account.email, account.password), 401, 'AUTH_FAILED')
  expectApiAnswer(await logIn(account.email, NEW_PASSWORD), 200)
})

test('of parallel uses of one link exactly one sets its password', async () => {
  const account = await signUp()
  const token = tokenOf(await createResetLink(account.userId))
  const answers = await Promise.all([1, 2, 3, 4].map((i) => reset(token, `${NEW_PASSWORD} ${i}`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401, 401, 401])
})

test('malformed input is 400 with the field at fault', async () => {
  for (const email of [
    undefined,
    7,
    '',
    'ann',
    'k\u0131ra@example.com',
    'a@example.com\r\nBcc: b@example.com',
  ])
    expectInvalid(await forgot(email), 'email')
  for (const token of [undefined, 7, '', 'x\0y', 'x'.repeat(2000)]) expectInvalid(await reset(token), 'token')
  expectInvalid(await reset('x', 7), 'password')
})
