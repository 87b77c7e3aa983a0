import { expect, test } from '@playwright/test'
import { newEmail } from '../support/accounts.ts'
import {
  type Account,
  call,
  expectApiAnswer,
  expectError,
  expectInvalid,
  logIn,
  refresh,
  signUp,
} from '../support/api.ts'
import { linksIn, readMail } from '../support/mails.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { decode } from '../support/tokens.ts'

const change = (account: Account, json: object, headers = {}) =>
  call('/api/auth/email/change', { token: account.token, json, headers })

async function confirmBy(email: string): Promise<number> {
  const [link = ''] = linksIn(await readMail('email-change', email))
  const token = new URL(link).searchParams.get('token')
  return (await call('/api/auth/email/confirm', { json: { token } })).status
}

test('a changed address logs in, is in renewed tokens, and is reserved together with the former one', async () => {
  const [account, email] = [await signUp(), newEmail()]
  const forged = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
  const requested = await change(
    account,
    { email: ` ${email.toUpperCase()}`, password: account.password },
    forged,
  )
  expectApiAnswer(requested, 202)
  const mail = await readMail('email-change', email)
  expect(linksIn(mail)).toEqual([expect.stringContaining(`${SHARED_SERVER}/confirm-email?token=`)])
  expect((await call('/api/auth/me', account)).body).toMatchObject({ email: account.email })
  expect(await confirmBy(email)).toBe(204)

  expect((await call('/api/auth/me', account)).body).toMatchObject({
    email,
    email_confirmed_at: expect.any(String),
  })
  const renewed = await refresh(account.refreshToken)
  expect(decode(renewed.body.access_token)[1]).toMatchObject({ email })
  expectApiAnswer(await logIn(email, account.password), 200)
  expectError(await logIn(account.email, account.password), 401, 'AUTH_FAILED')
  const exported = await call<{ profile: object }>('/api/auth/me/export', { token: account.token })
  expect(exported.body.profile).toMatchObject({ email, pending_email: null, former_email: account.email })

  const again = await change(account, { email: newEmail(), password: account.password })
  const details = expectError(again, 403, 'FORBIDDEN')
  expect(details).toEqual([{ field: 'email', issue: expect.stringMatching(/ from \d{4}-\d\d-\d\dT/) }])
  const deleted = { method: 'DELETE', token: account.token, json: { password: account.password } }
  expectError(await call('/api/auth/me', deleted), 403, 'FORBIDDEN')
  const password = 'eleven patient otters by noon'
  for (const taken of [email, account.email])
    expectError(await call('/api/auth/signup', { json: { email: taken, password } }), 409, 'EMAIL_TAKEN')
})

test('a taken and a free address get the same answer, and a malformed one is 400', async () => {
  const [account, other] = [await signUp(), await signUp()]
  const { password } = account
  const answers = []
  for (const email of [newEmail(), other.email]) {
    const answer = await change(account, { email, password })
    expectApiAnswer(answer, 202)
    const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
    answers.push({ text: answer.text, headers })
  }
  expect(answers[1]).toEqual(answers[0])
  expect(linksIn(await readMail('email-change', other.email))).toEqual([`${SHARED_SERVER}/login`])
  for (const email of [
    undefined,
    7,
    '',
    'ann',
    'k\u0131ra@example.com',
    'a@example.com\r\nBcc: b@example.com',
  ])
    expectInvalid(await change(account, { email, password }), 'email')
  expectInvalid(await change(account, { email: newEmail(), password: 'not the password' }), 'password')
  expectInvalid(await change(account, { email: account.email, password }), 'email')
  expectError(
    await call('/api/auth/email/change', { json: { email: newEmail(), password } }),
    401,
    'UNAUTHORIZED',
  )
})
