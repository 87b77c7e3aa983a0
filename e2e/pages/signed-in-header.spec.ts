import type { Page } from '@playwright/test'
import { addTask, waitForHydration } from '../support/pages.ts'
import { logInAsNewUser } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

async function expectSignedInHeader(page: Page, email: string): Promise<void> {
  const header = page.getByRole('banner')
  await expect(header.getByText(email)).toBeVisible()
  await expect(header.getByRole('link', { name: 'Tasks' })).toHaveAttribute('href', '/tasks')
  await expect(header.getByRole('button', { name: 'Log out', exact: true })).toBeVisible()
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a 404 page keeps the signed-in header with a working “Log out”', async ({
      page,
      expectProblems,
    }) => {
      expectProblems(/status of 404/)
      const { email } = await logInAsNewUser(page)
      // Next.js renders the 404 page of a hidden address only in the browser.
      const hidden = javaScriptEnabled ? ['/admin/users'] : []
      for (const path of ['/nothing', '/admin/nothing', ...hidden]) {
        const answer = await page.goto(path)
        expect(answer?.status(), path).toBe(404)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
        await expectSignedInHeader(page, email)
        await expect(page.getByRole('link', { name: 'Go to your tasks' })).toBeVisible()
      }
      await page.getByRole('button', { name: 'Log out', exact: true }).click()
      await expect(page).toHaveURL('/login')
      await page.goto('/nothing')
      await expect(page.getByRole('link', { name: 'Go to the start page' })).toBeVisible()
      await expect(page.getByText(email)).toHaveCount(0)
    })
  })
}

test('a page for administrators shows an ordinary user the same as an unknown path', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of 404/)
  await logInAsNewUser(page)
  const shown: string[] = []
  for (const path of ['/admin/users', '/admin/nothing', '/nothing']) {
    await page.goto(path)
    await waitForHydration(page)
    shown.push(await page.locator('body').ariaSnapshot())
  }
  expect(shown[0]).toContain('Page not found')
  expect(new Set(shown).size).toBe(1)
})

test('an error page keeps the signed-in header', async ({ page, expectProblems }) => {
  expectProblems(/sabotage/)
  const { email } = await logInAsNewUser(page)
  await waitForHydration(page)
  // Rows of the list show in local time when a task was added, so they call this function.
  await page.evaluate(() => {
    Date.prototype.getTimezoneOffset = () => {
      throw new Error('sabotage')
    }
  })
  await addTask(page, 'Any')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Something went wrong')
  await expectSignedInHeader(page, email)
  await page.getByRole('link', { name: 'Password' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Change your password')
})
