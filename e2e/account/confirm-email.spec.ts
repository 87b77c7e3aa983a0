import { expectNoViolations } from '../support/accessibility.ts'
import { call, expectApiAnswer, expectError, expectInvalid, signUp } from '../support/api.ts'
import { createConfirmationLink, createResetLink, tokenOf } from '../support/links.ts'
import { linksIn, readMail } from '../support/mails.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { logInAs } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

type Me = { email_confirmed_at: string | null }

const confirm = (token: unknown) => call('/api/auth/email/confirm', { json: { token } })

async function confirmedAt(account: { token: string }): Promise<string | null> {
  return (await call<Me>('/api/auth/me', account)).body.email_confirmed_at
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a link confirms the address in a browser that it does not log in', async ({ page, context }) => {
      const account = await signUp()
      const link = await createConfirmationLink(account.userId)
      await page.goto(link)
      await expect(page).toHaveURL('/confirm-email')
      await expect(page).toHaveTitle('Confirm your email – Taskward')
      await expect(page.getByText(account.email)).toBeVisible()
      expect(await page.content()).not.toContain(tokenOf(link))
      expect(await confirmedAt(account)).toBeNull()
      if (javaScriptEnabled) await expectNoViolations(page)

      await page.getByRole('button', { name: 'Confirm email' }).click()
      await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible()
      await expect(page.getByText(account.email)).toBeVisible()
      expect(await confirmedAt(account)).not.toBeNull()
      const names = (await context.cookies()).map(({ name }) => name)
      expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/access|refresh|link/)]))

      await page.goto(link)
      await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'Go to your profile' })).toBeVisible()
      if (javaScriptEnabled) await expectNoViolations(page)
    })
  })
}

test('tasks and profile show the state of the address, and send the link again', async ({ page }) => {
  const account = await signUp()
  await logInAs(page, account)
  await expect(page.getByText('We sent you a link to confirm your email.')).toBeVisible()
  await expectNoViolations(page)
  await page.goto('/settings/profile')
  await expect(page.getByText('This address is not confirmed yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Send the link again' }).click()
  await expect(page).toHaveURL('/settings/confirm-email?sent')
  await expect(page.getByRole('status')).toContainText(`We sent a link to ${account.email}.`)
  await expectNoViolations(page)
  const [link = ''] = linksIn(await readMail('confirm-email', account.email))
  expect((await confirm(tokenOf(link))).status).toBe(204)
  await page.reload()
  await expect(page).toHaveURL('/tasks')
  await expect(page.getByText('to confirm your email')).toHaveCount(0)
  await page.goto('/settings/profile')
  await expect(page.getByText('This address is confirmed.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send the link again' })).toHaveCount(0)
})

test('the API confirms once, without a session, and sends a further link to its own account alone', async () => {
  const account = await signUp({
    headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  })
  const mail = await readMail('confirm-email', account.email)
  expect(linksIn(mail)).toEqual([
    expect.stringMatching(/^http:\/\/localhost:\d+\/confirm-email\?token=[\w-]{43}$/),
  ])
  expect(mail).not.toContain('evil.example')
  const token = tokenOf(linksIn(mail)[0] ?? '')
  expectApiAnswer(await confirm(token), 204)
  expectError(await confirm(token), 401, 'INVALID_LINK')
  expectError(await confirm(tokenOf(await createResetLink(account.userId))), 401, 'INVALID_LINK')
  for (const broken of [undefined, 7, '', 'x\0y', 'x'.repeat(2000)])
    expectInvalid(await confirm(broken), 'token')

  const resend = (options: object) => call('/api/auth/email/resend', { method: 'POST', ...options })
  expectError(await resend({}), 401, 'UNAUTHORIZED')
  expectApiAnswer(await resend(account), 202)
  const cookie = `taskward.access=${account.token}`
  expectApiAnswer(await resend({ cookie, headers: { origin: SHARED_SERVER } }), 202)
  expectError(await resend({ cookie, headers: { origin: 'https://evil.example' } }), 403, 'FORBIDDEN')
})
