import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { errorBox, waitForHydration } from './support/pages.ts'
import { endSessions, enter, enterNew } from './support/sessions.ts'
import { expect, test } from './support/test.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
]

// A colour that is still on its way to the other theme is no finding.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** No finding on the page as it is, and nothing wider than the window: narrow and wide, by day and by night. */
async function expectAccessible(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, 'wider than the window').toBeLessThanOrEqual(size.width)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))
      expect(found, `${size.width} px, ${colorScheme}`).toEqual([])
    }
  }
}

test('the devices have no barrier, not even with the longest names', async ({ page, openBrowser }) => {
  const account = await enterNew(page)
  const other = await (await openBrowser({ userAgent: `${'W'.repeat(200)}/1.0` })).newPage()
  await enter(other, account)
  await page.goto('/settings/sessions')
  await waitForHydration(page)
  await expect(page.getByRole('listitem')).toHaveCount(3)
  await expectAccessible(page)
})

test('a refused password change has no barrier', async ({ page }) => {
  await enterNew(page)
  await page.goto('/settings/password')
  await waitForHydration(page)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(errorBox(page)).toBeFocused()
  await expectAccessible(page)
})

test('a changed password is told without a barrier', async ({ page }) => {
  const { password } = await enterNew(page)
  await page.goto('/settings/password')
  await page.getByLabel('Current password').fill(password)
  await page.getByLabel('New password').fill('eleven patient otters by noon')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('status')).toBeVisible()
  await waitForHydration(page)
  await expectAccessible(page)
})

test('the log-in that tells a reason has no barrier', async ({ page }) => {
  const account = await enterNew(page)
  await endSessions(account, 'refresh_token_reused')
  await page.goto('/tasks')
  await expect(page.getByRole('status')).toContainText('key was used twice')
  await waitForHydration(page)
  await expectAccessible(page)
})
