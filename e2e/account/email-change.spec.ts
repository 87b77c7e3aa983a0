import { expectNoViolations } from '../support/accessibility.ts'
import { newEmail } from '../support/accounts.ts'
import { call, statusOfMe } from '../support/api.ts'
import { createAccount } from '../support/journeys.ts'
import { linkPathIn, readMail } from '../support/mails.ts'
import { logInAs } from '../support/sessions.ts'
import { eventsOf } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const PROFILE = '/settings/profile'
const NEW_PASSWORD = 'eleven patient otters by noon'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a new email is confirmed by its link, and undone from the former address', async ({ page }) => {
      const [account, email] = [await createAccount(['Water the ferns']), newEmail()]
      await logInAs(page, account, { path: PROFILE })
      await page.getByRole('link', { name: 'Change email' }).click()
      await expect(page.getByRole('heading', { name: 'Change your email' })).toBeVisible()
      await page.getByLabel('New email').fill(email)
      await page.getByLabel('Current password').fill('not the password')
      await page.getByRole('button', { name: 'Send link' }).click()
      await expect(page.getByText('This is not your current password.').first()).toBeVisible()
      await expect(page).toHaveTitle(/^Error: Change your email/)
      await expect(page.getByLabel('New email')).toHaveValue(email)
      await expect(page.getByLabel('Current password')).toHaveValue('')
      await page.getByLabel('Current password').fill(account.password)
      await page.getByRole('button', { name: 'Send link' }).click()

      await expect(page).toHaveURL(PROFILE)
      const notice = page.getByRole('main').getByRole('status')
      await expect(notice).toContainText(`We sent a link to ${email}.`)
      const first = await readMail('email-change', email)
      await page.getByRole('button', { name: 'Send the link again' }).click()
      await expect(notice).toContainText(`We sent a link to ${email} again.`)
      if (javaScriptEnabled) await expectNoViolations(page)
      await readMail('email-change-requested', account.email)
      await expect.poll(() => readMail('email-change', email)).not.toBe(first)
      await page.goto(linkPathIn(await readMail('email-change', email)))
      await expect(page.getByText(email)).toBeVisible()
      await page.getByRole('button', { name: 'Confirm email' }).click()
      await expect(page.getByText(`${email} is confirmed as your address.`)).toBeVisible()

      await page.goto(`${PROFILE}/email`)
      await expect(page.getByText(/You can change it again from \w+ \d+ \w+, \d\d:\d\d/)).toBeVisible()
      await expect(page.getByLabel('New email')).toHaveCount(0)
      await page.goto(`${PROFILE}/delete`)
      await expect(page.getByText(/You can delete your account from \w+ \d+ \w+, \d\d:\d\d/)).toBeVisible()
      await expect(page.getByRole('button', { name: 'Delete my account' })).toHaveCount(0)

      await page.context().clearCookies()
      await page.goto(linkPathIn(await readMail('email-changed', account.email)))
      await expect(page).toHaveURL('/undo-email-change')
      await expect(page.getByText(account.email)).toBeVisible()
      if (javaScriptEnabled) await expectNoViolations(page)
      await page.getByRole('button', { name: 'Undo the change' }).click()
      await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
      expect(await statusOfMe(account), 'the session of the API').toBe(401)
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Save password' }).click()
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByText('Water the ferns')).toBeVisible()
      await page.goto(PROFILE)
      await expect(page.getByText(`You log in as ${account.email}.`)).toBeVisible()
      const types = ['email_change_requested', 'email_changed', 'email_change_undone', 'password_reset']
      const succeeded = (await eventsOf(account.userId, ...types)).filter(({ success }) => success)
      expect(succeeded).toHaveLength(4)
    })
  })
}

test('a cancelled change is gone, and its link is dead', async ({ page }) => {
  const [account, email] = [await createAccount(), newEmail()]
  const json = { email, password: account.password }
  expect((await call('/api/auth/email/change', { token: account.token, json })).status).toBe(202)
  await logInAs(page, account, { path: PROFILE })
  await page.getByRole('button', { name: 'Cancel the change' }).click()
  await expect(page.getByRole('status')).toHaveText('The change is cancelled.')
  await expect(page.getByText(email)).toHaveCount(0)
  await page.goto(linkPathIn(await readMail('email-change', email)))
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
})

test('the undo page without a link that works explains itself', async ({ page }) => {
  await page.goto('/undo-email-change')
  await expect(page.getByRole('heading', { name: 'Open the link in the email again' })).toBeVisible()
  await page.goto(`/undo-email-change?token=${'x'.repeat(43)}`)
  await expect(page).toHaveURL('/undo-email-change')
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo the change' })).toHaveCount(0)
  await expectNoViolations(page)
})
