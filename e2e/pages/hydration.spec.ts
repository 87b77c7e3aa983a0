import { PASSWORD } from '../support/accounts.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

for (const path of ['/signup', '/login']) {
  test(`the password on ${path} can be shown, and is hidden again when it is sent`, async ({ page }) => {
    await page.goto(path)
    await waitForHydration(page)
    const field = page.getByLabel('Password')
    await field.fill(PASSWORD)
    await expect(field).toHaveAttribute('type', 'password')
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(field).toHaveAttribute('type', 'text')
    await field.press('Enter')
    await expect(field).toHaveAttribute('type', 'password')
    await expect(field).toHaveValue(PASSWORD)
  })
}

test('text typed before hydration is kept and sent', async ({ page }) => {
  const scripts = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto('/login', { waitUntil: 'commit' })
  await page.getByLabel('Email').fill('not an address')
  await page.getByLabel('Password').fill(PASSWORD)
  scripts.resolve()
  await waitForHydration(page)
  await expect(page.getByLabel('Email')).toHaveValue('not an address')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/like name@example\.com/)
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription('')
})

for (const path of ['/', '/tasks']) {
  test(`the theme chosen on ${path} applies immediately, and the server renders it on the next visit`, async ({
    page,
  }) => {
    if (path === '/tasks') await logIn(page, await createAccount(), { path: null })
    await page.goto(path)
    const root = page.locator('html')
    await expect(root).toHaveAttribute('data-theme', 'system')
    await page.getByRole('radio', { name: 'Dark' }).check()
    await expect(root).toHaveAttribute('data-theme', 'dark')
    const answer = await page.reload()
    expect(await answer?.text()).toContain('data-theme="dark"')
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  })
}
