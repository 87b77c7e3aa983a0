import type { Page } from '@playwright/test'
import { logInAsAdmin } from '../support/administrators.ts'
import { logIn, newIpAddress, signUp } from '../support/api.ts'
import { insertFailures } from '../support/findings.ts'
import { expect, test } from '../support/test.ts'

const rows = (page: Page) => page.getByRole('table', { name: 'Events' }).locator('tbody tr')

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('filters combine, and "Clear filters" shows all events', async ({ page }) => {
      const user = await signUp()
      await logIn(user.email, 'not the password')
      await logIn(user.email, user.password)
      await logInAsAdmin(page, { path: '/admin/events' })
      await page.getByLabel('User').fill(user.email.toUpperCase())
      await page.getByRole('button', { name: 'Show events' }).click()
      await expect(rows(page)).toHaveCount(3)
      await expect(rows(page)).toContainText(['Logged in', 'Wrong password', 'Account created'])
      await expect(rows(page).first()).toContainText(user.email)
      await expect(rows(page).first()).toContainText('127.0.0.1')

      await page.getByLabel('Outcome').selectOption('Failed')
      await page.getByRole('button', { name: 'Show events' }).click()
      await expect(rows(page)).toHaveCount(1)
      await expect(page.getByLabel('User')).toHaveValue(user.email.toUpperCase())
      await page.getByLabel('Outcome').selectOption('Any outcome')
      await page.getByLabel('Kind').selectOption('Logged in')
      await page.getByLabel('Address').fill('127.0.0.1')
      await page.getByRole('button', { name: 'Show events' }).click()
      await expect(rows(page)).toHaveCount(1)
      await page.getByLabel('Address').fill('127.0.0.2')
      await page.getByRole('button', { name: 'Show events' }).click()
      await expect(page.getByText('Nothing matches these filters.')).toBeVisible()
      await page.getByRole('link', { name: 'Clear filters' }).click()
      await expect(page).toHaveURL('/admin/events')
      expect(await rows(page).count()).toBeGreaterThan(1)
    })

    test('the pages of an address show each event once, and "Newest" returns to the first', async ({
      page,
    }) => {
      const ip = newIpAddress()
      await insertFailures(120, { ip })
      await logInAsAdmin(page, { path: `/admin/events?address=${ip}&kind=login_failed` })
      const times: string[] = []
      for (const count of [50, 50, 20]) {
        await expect(rows(page)).toHaveCount(count)
        times.push(
          ...(await rows(page)
            .locator('time')
            .evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''))),
        )
        if (count === 50) {
          const last = times.at(-1)
          await page.getByRole('link', { name: 'Older' }).click()
          await expect(page.locator(`time[datetime="${last}"]`)).toHaveCount(0)
        }
      }
      expect(new Set(times).size).toBe(120)
      expect(times).toEqual(times.toSorted().toReversed())
      await expect(page.getByRole('link', { name: 'Older' })).toHaveCount(0)
      await page.getByRole('link', { name: 'Newest' }).click()
      await expect(page).toHaveURL(`/admin/events?kind=login_failed&address=${ip}`)
      await expect(rows(page)).toHaveCount(50)
    })
  })
}

test.describe('pages that need no JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a row links to the events of its account and of its address', async ({ page }) => {
    const user = await signUp()
    const ip = newIpAddress()
    await insertFailures(2, { ip, email: 'who@example.com' })
    await logInAsAdmin(page, { path: `/admin/events?user=${user.userId}` })
    await rows(page).first().getByRole('link', { name: user.email }).click()
    await expect(page).toHaveURL(`/admin/events?user=${user.userId}`)
    await page.goto(`/admin/events?address=${ip}`)
    await expect(rows(page).first()).toContainText('who@example.com (no account)')
    await rows(page).first().getByRole('link', { name: ip }).click()
    await expect(rows(page)).toHaveCount(2)
  })

  test('a search that exceeds its time reports how far it got and continues to the end', async ({ page }) => {
    const ip = newIpAddress()
    // More events than one page load can search.
    await insertFailures(100_000, { ip, minutesAgo: 300 })
    await logInAsAdmin(page, { path: `/admin/events?address=${ip}&outcome=success` })
    await expect(page.getByRole('status')).toHaveText(/^Searched back to \d+ \w+ 20\d\d, \d\d:\d\d/)
    const further = page.getByRole('link', { name: 'Search further' })
    const end = page.getByText('The list ends here.')
    while (await further.isVisible()) {
      const here = page.url()
      await further.click()
      await expect(page).not.toHaveURL(here)
      await expect(further.or(end)).toBeVisible()
    }
    await expect(end).toBeVisible()
  })

  test('the filter by time is in UTC, includes "From" and excludes "Until"', async ({ page }) => {
    const ip = newIpAddress()
    await insertFailures(1, { ip, minutesAgo: 600 })
    await logInAsAdmin(page, { path: `/admin/events?address=${ip}` })
    const at = new Date((await rows(page).locator('time').getAttribute('datetime')) ?? '')
    const minute = (offset: number) => new Date(at.getTime() + offset * 60_000).toISOString().slice(0, 16)
    for (const [from, to, count] of [
      [minute(0), minute(1), 1],
      [minute(1), minute(2), 0],
      [minute(-1), minute(0), 0],
    ] as const) {
      await page.getByLabel('From (UTC)').fill(from)
      await page.getByLabel('Until (UTC)').fill(to)
      await page.getByRole('button', { name: 'Show events' }).click()
      await expect(page.getByLabel('From (UTC)')).toHaveValue(from)
      await expect(rows(page)).toHaveCount(count)
    }
  })

  test('an invalid filter shows an error at its field and no events', async ({ page }) => {
    await logInAsAdmin(page, { path: '/admin/events?address=not-an-address&from=yesterday&kind=lunch' })
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/must be an IPv4 address/)
    await expect(page.getByLabel('From (UTC)')).toHaveAccessibleDescription(/Enter a day and a time/)
    await expect(page.getByLabel('Kind')).toHaveAccessibleDescription(/Choose a kind/)
    await expect(rows(page)).toHaveCount(0)
    await page.goto('/admin/events?user=unknown@example.org')
    await expect(page.getByLabel('User')).toHaveAccessibleDescription(/No account has this email/)
  })
})
