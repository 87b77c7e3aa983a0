import type { Locator, Page } from '@playwright/test'
import { logInAsAdmin } from '../support/administrators.ts'
import { newIpAddress, signUp, statusOfMe } from '../support/api.ts'
import { insertFailures, insertFinding } from '../support/findings.ts'
import { errorBox, followAccountLink, waitForHydration } from '../support/pages.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const openFinding = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Open findings' }).getByRole('listitem').filter({ hasText: text })
const pastFinding = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Past findings' }).getByRole('listitem').filter({ hasText: text })

/** Chooses a response to a finding, and confirms it. */
async function respond(finding: Locator, response: string): Promise<void> {
  await finding.getByRole('link', { name: response }).click()
  await finding.getByRole('button', { name: response }).click()
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('the address of a finding can be blocked for an hour, unblocked and blocked for a day', async ({
      page,
    }) => {
      const network = newIpAddress()
      await insertFailures(24, { ip: network, minutesAgo: 6 })
      await insertFinding({ pattern: 'password_spraying', network })
      const admin = await logInAsAdmin(page)
      await followAccountLink(page, 'Administration')
      const finding = openFinding(page, network)
      await expect(finding).toContainText(`${network} is trying passwords on one account after another.`)
      await expect(finding).toContainText(/Likely · 24 accounts · since \d+ \w+/)
      if (javaScriptEnabled) await waitForHydration(page)
      await finding.getByRole('link', { name: `Block ${network} for an hour` }).click()
      await expect(finding.getByRole('heading', { name: `Block ${network} for an hour?` })).toBeInViewport()
      if (javaScriptEnabled) await expect(page.locator('#confirmation')).toBeFocused()
      expect(await query('SELECT 1 FROM blocked_networks WHERE network = $1', [network])).toEqual([])
      await finding.getByRole('link', { name: 'Cancel' }).click()
      await respond(finding, `Block ${network} for an hour`)
      await expect(page.getByRole('status')).toHaveText('The address is blocked for an hour.')
      const block = page
        .getByRole('table', { name: 'Blocked addresses' })
        .getByRole('row')
        .filter({ hasText: network })
      await expect(block).toBeVisible()
      await expect(finding).toContainText(/address blocked until \d+ \w+ 20\d\d, \d\d:\d\d/)
      await expect(finding.getByRole('link', { name: `Block ${network} for an hour` })).toHaveCount(0)
      await expect(finding.getByRole('link', { name: `Block ${network} for a day` })).toBeVisible()
      const [row] = await query(
        'SELECT blocked_by, round(extract(epoch FROM blocked_until - created_at))::int AS seconds FROM blocked_networks WHERE network = $1',
        [network],
      )
      expect(row).toEqual({ blocked_by: admin.userId, seconds: 3600 })

      await block.getByRole('button', { name: 'Unblock' }).click()
      await expect(block).toHaveCount(0)
      await respond(openFinding(page, network), `Block ${network} for a day`)
      await expect(block).toBeVisible()

      await openFinding(page, network).getByRole('link', { name: 'See the events' }).click()
      await expect(page.getByRole('table', { name: 'Events' }).locator('tbody tr')).toHaveCount(24)
      await expect(page.getByLabel('Address')).toHaveValue(network)
    })

    test('a finding about an account ends its sessions, requires a password change and is closed on request', async ({
      page,
    }) => {
      const user = await signUp()
      const id = await insertFinding({ pattern: 'login_after_failures', userId: user.userId })
      const admin = await logInAsAdmin(page, { path: '/admin/security' })
      const finding = openFinding(page, user.email)
      await respond(finding, 'End all sessions')
      await expect(page.getByRole('status')).toHaveText('All sessions of the account have ended.')
      expect(await statusOfMe(user)).toBe(401)
      await respond(finding, 'Require a password change')
      await expect(page.getByRole('status')).toContainText('must choose a new password')
      await finding.getByRole('button', { name: 'Handled' }).click()
      await expect(page.getByRole('status')).toHaveText('The finding is closed.')
      await expect(openFinding(page, user.email)).toHaveCount(0)
      await expect(pastFinding(page, user.email)).toHaveCount(1)
      await expect(pastFinding(page, user.email).getByRole('button')).toHaveCount(0)
      const [row] = await query('SELECT handled_by FROM findings WHERE id = $1', [id])
      expect(row).toEqual({ handled_by: admin.userId })
    })
  })
}

test('past findings have pages, and the charts change between 24 hours and 30 days', async ({ page }) => {
  for (let n = 0; n < 11; n++) {
    await insertFinding({ pattern: 'signup_burst', minutesAgo: 3000 + n })
  }
  await logInAsAdmin(page, { path: '/admin/security' })
  const older = page
    .getByRole('navigation', { name: 'Pages of past findings' })
    .getByRole('link', { name: 'Older' })
  await older.click()
  await expect(page).toHaveURL(/past=/)
  await expect(page.getByRole('list', { name: 'Past findings' })).toBeVisible()
  const views = page.getByRole('navigation', { name: 'Time of the chart' })
  await views.getByRole('link', { name: '30 days' }).click()
  await expect(page.getByText(/the last 30 days, by day/)).toBeInViewport()
  await views.getByRole('link', { name: '24 hours' }).click()
  await expect(page.getByText(/the last 24 hours, by hour/)).toBeInViewport()
  await expect(views.locator('[aria-current]')).toHaveText('24 hours')
})

test('closing a finding that no longer exists shows an error', async ({ page }) => {
  const network = newIpAddress()
  const id = await insertFinding({ pattern: 'address_failures', network })
  await logInAsAdmin(page, { path: '/admin/security' })
  await query('DELETE FROM findings WHERE id = $1', [id])
  await openFinding(page, network).getByRole('button', { name: 'Handled' }).click()
  await expect(errorBox(page)).toBeVisible()
})

test('a finding with an unknown pattern is described by the name of the pattern', async ({ page }) => {
  await insertFinding({ pattern: 'moon_phase', network: '203.0.113.200' })
  await logInAsAdmin(page, { path: '/admin/security' })
  await expect(openFinding(page, 'moon phase: 203.0.113.200')).toBeVisible()
})
