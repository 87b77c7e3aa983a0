import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { signUp } from '../support/api.ts'
import { insertAttack, insertEvents } from '../support/events.ts'
import { waitForHydration } from '../support/pages.ts'
import { logInAs, logInAsNewUser, setFlashMessage } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

/** Expects no violation, and nothing wider than the window at twice the font size. */
async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(page)
  await page.setViewportSize({ width: 640, height: 640 })
  expect(await widthOf(page, '200%'), 'wider than the window at twice the font size').toBeLessThanOrEqual(640)
}

function widthOf(page: Page, fontSize = ''): Promise<number> {
  return page.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize
    const { scrollWidth } = document.documentElement
    document.documentElement.style.fontSize = ''
    return scrollWidth
  }, fontSize)
}

test('a full activity page with long device names and an open table is accessible', async ({
  page,
  openBrowser,
}) => {
  const account = await signUp()
  await insertEvents(account, 12)
  await insertAttack(account)
  await logInAs(await (await openBrowser({ userAgent: `${'W'.repeat(200)}/1.0` })).newPage(), account)
  await logInAs(page, account, { path: '/settings/activity' })
  await page.getByText('Show as a table').click()
  await page
    .getByText(/Wrong password, \d+ times/)
    .first()
    .click()
  await expect(page.getByText('W'.repeat(40))).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'This wasn’t me' }).first().click()
  await expect(page.getByRole('button', { name: 'Log out my other devices' })).toBeVisible()
  await expectAccessible(page)
})

test('a filter without matches leaves the activity page accessible', async ({ page }) => {
  await logInAsNewUser(page, { path: '/settings/activity?kind=password' })
  await expectAccessible(page)
})

test('a filter by custom dates leaves the activity page accessible', async ({ page }) => {
  await logInAsNewUser(page, { path: '/settings/activity?time=days&from=2026-01-01' })
  await expect(page.getByLabel('From (UTC)')).toBeVisible()
  await expectAccessible(page)
})

test('the password page after "This wasn’t me" is accessible', async ({ page, context }) => {
  await logInAsNewUser(page, { path: null })
  await setFlashMessage(context, 'event-disowned')
  await page.goto('/settings/password?disowned')
  await waitForHydration(page)
  await expect(page.getByRole('status')).toBeVisible()
  await expectAccessible(page)
})

test('the keyboard alone opens and scrolls the table of numbers and applies the filter', async ({ page }) => {
  await logInAsNewUser(page, { path: '/settings/activity' })
  await page.getByText('Show as a table').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const numbers = page.getByRole('region', { name: 'Last 30 days: numbers' })
  await expect(numbers).toBeFocused()
  await page.keyboard.press('End')
  await expect.poll(() => numbers.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0)
  await page.keyboard.press('Tab')
  await expect(numbers.getByRole('link')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Kind')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/settings/activity?kind=notable&time=all&from=&to=')
})
