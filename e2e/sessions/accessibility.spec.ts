import { expectNoViolations } from '../support/accessibility.ts'
import { waitForHydration } from '../support/pages.ts'
import { endSessions, logInAs, logInAsNewUser } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

test('the devices, one with the longest name, have no accessibility violations', async ({
  page,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page, { path: null })
  const other = await (await openBrowser({ userAgent: `${'W'.repeat(200)}/1.0` })).newPage()
  await logInAs(other, account, { path: null })
  await page.goto('/settings/sessions')
  await waitForHydration(page)
  await expect(page.getByRole('listitem')).toHaveCount(3)
  await expectNoViolations(page)
})

test('a refused password change has no accessibility violations', async ({ page }) => {
  await logInAsNewUser(page, { path: '/settings/password' })
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByLabel('Current password')).toBeFocused()
  await expectNoViolations(page)
})

test('the notice of a changed password has no accessibility violations', async ({ page }) => {
  const { password } = await logInAsNewUser(page, { path: '/settings/password' })
  await page.getByLabel('Current password').fill(password)
  await page.getByLabel('New password').fill('eleven patient otters by noon')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('status')).toBeVisible()
  await waitForHydration(page)
  await expectNoViolations(page)
})

test('the log-in page with an end reason has no accessibility violations', async ({ page }) => {
  const account = await logInAsNewUser(page, { path: null })
  await endSessions(account, 'refresh_token_reused')
  await page.goto('/tasks')
  await expect(page.getByRole('status')).toContainText('key was used twice')
  await waitForHydration(page)
  await expectNoViolations(page)
})
