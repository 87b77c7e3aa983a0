import { expectNoViolations } from '../support/accessibility.ts'
import { call, expectError, logIn, signUp, statusOfMe } from '../support/api.ts'
import { createAccount } from '../support/journeys.ts'
import { createSecureLink, tokenOf } from '../support/links.ts'
import { logInAs } from '../support/sessions.ts'
import { eventsOf, query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const NEW_PASSWORD = 'eleven patient otters by noon'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a link logs everyone out, ends the old password and leads to a new one', async ({ page }) => {
      const account = await createAccount(['Water the ferns'])
      await logInAs(page, account)
      const link = await createSecureLink(account.userId)
      await page.goto(link)
      await expect(page).toHaveURL('/secure-account')
      await expect(page).toHaveTitle('Secure your account – Taskward')
      await expect(page.getByRole('heading', { name: 'Secure your account' })).toBeVisible()
      await expect(page.getByText(account.email)).toBeVisible()
      expect(await page.content()).not.toContain(tokenOf(link))
      expect(await statusOfMe(account)).toBe(200)
      if (javaScriptEnabled) await expectNoViolations(page)

      await page.getByRole('button', { name: 'Secure my account' }).click()
      await expect(page).toHaveURL('/reset-password')
      await expect(page.getByText('the old password no longer works')).toBeVisible()
      expect(await statusOfMe(account)).toBe(401)
      expectError(await logIn(account.email, account.password), 401, 'AUTH_FAILED')
      await page.goto('/secure-account')
      await expect(page).toHaveURL('/reset-password')
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Save password' }).click()
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByText('Water the ferns')).toBeVisible()
      expect(await eventsOf(account.userId, 'account_secured', 'password_reset')).toHaveLength(2)

      await page.goto(link)
      await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
      await page.getByRole('link', { name: 'Choose a new password' }).click()
      await expect(page).toHaveURL('/forgot-password')
    })
  })
}

test('opening a link changes nothing, and one of a disabled account opens the page of one never sent', async () => {
  const account = await signUp()
  const link = await createSecureLink(account.userId)
  const open = () => call('/secure-account', { cookie: `taskward.link=${tokenOf(link)}` })
  for (const method of ['HEAD', 'GET']) {
    const opened = await call(link, { method })
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/secure-account'])
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer')
  }
  const page = await open()
  expect(page.text).toContain(account.email)
  expect(page.text).not.toContain(tokenOf(link))
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await statusOfMe(account)).toBe(200)

  await query('UPDATE users SET disabled_at = now() WHERE id = $1', [account.userId])
  const unknown = await call('/secure-account', { cookie: `taskward.link=${'x'.repeat(43)}` })
  const main = ({ text }: { text: string }) => /<main.*<\/main>/s.exec(text)?.[0]
  expect(main(await open())).toContain('This link no longer works')
  expect(main(await open())).toEqual(main(unknown))
})
