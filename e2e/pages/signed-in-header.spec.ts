import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { logInAsAdmin } from '../support/administrators.ts'
import { addTask, openAccountMenu, waitForHydration } from '../support/pages.ts'
import { logInAsNewUser } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

async function expectSignedInHeader(page: Page, email: string): Promise<void> {
  const header = page.getByRole('banner')
  await openAccountMenu(page)
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
      const id = '01234567-89ab-7def-8123-456789abcdef'
      const missing = [`/tasks/${id}`, '/tasks/zzz', `/tasks?list=${id}`]
      for (const path of ['/nothing', '/admin/nothing', ...missing, ...hidden]) {
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
  // The list reads it when it renders its place.
  await page.evaluate(() => {
    Object.defineProperty(URLSearchParams.prototype, 'size', {
      get() {
        throw new Error('sabotage')
      },
    })
  })
  await addTask(page, 'Any')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Something went wrong')
  await expectSignedInHeader(page, email)
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Password' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Change your password')
})

const SETTINGS = ['/settings/profile', '/settings/sessions', '/settings/activity', '/settings/password']

test('every page of the settings has its heading in the same place, under a header of one line', async ({
  page,
}) => {
  const admin = await logInAsAdmin(page, { path: null })
  await query('UPDATE users SET email = $2 WHERE id = $1', [
    admin.userId,
    `${'m'.repeat(64)}@${randomUUID()}.example.com`,
  ])
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 640 })
    const places = new Set<string>()
    for (const path of SETTINGS) {
      await page.goto(path)
      const { x, y } = (await page.getByRole('heading', { level: 1 }).boundingBox()) ?? {}
      places.add(`${x} ${y}`)
      expect((await page.getByRole('banner').boundingBox())?.height, `${path} at ${width}`).toBeLessThan(70)
    }
    expect([...places], `at ${width} px`).toHaveLength(1)
  }
})

test('the account menu closes by Esc, by a click outside and when the focus leaves', async ({ page }) => {
  await logInAsNewUser(page)
  const profile = page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Profile' })
  await openAccountMenu(page)
  await profile.focus()
  await page.keyboard.press('Escape')
  await expect(profile).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(profile, 'the summary has the focus').toBeVisible()
  await page.mouse.click(600, 500)
  await expect(profile).toBeHidden()
  await openAccountMenu(page)
  await profile.focus()
  await page.getByLabel('New task').focus()
  await expect(profile).toBeHidden()
})
