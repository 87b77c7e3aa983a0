import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { logInAsAdmin } from '../support/administrators.ts'
import { newIpAddress, signUp } from '../support/api.ts'
import { insertFailures, insertFinding } from '../support/findings.ts'
import { waitForHydration } from '../support/pages.ts'
import { setFlashMessage } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

async function expectAccessible(page: Page): Promise<void> {
  await waitForHydration(page)
  await expectNoViolations(page)
}

test('the security page with findings, a question, a block and a long email is accessible', async ({
  page,
}) => {
  const user = await signUp({
    json: {
      email: `${'m'.repeat(64)}@${`${'w'.repeat(59)}.`.repeat(3)}net`,
      password: 'seven quiet herons at dusk',
    },
  })
  const network = newIpAddress()
  const id = await insertFinding({ pattern: 'login_after_failures', userId: user.userId, network })
  await insertFinding({ pattern: 'address_failures', network })
  await insertFinding({ pattern: 'signup_burst', handled: true })
  await query(
    "INSERT INTO blocked_networks (network, blocked_until) VALUES ($1, now() + interval '1 hour')",
    [network],
  )
  await logInAsAdmin(page, { path: null })
  await setFlashMessage(page.context(), 'block-hour')
  await page.goto(`/admin/security?done=block-hour&confirm=end-sessions&finding=${id}`)
  await expect(page.getByRole('button', { name: 'End all sessions' })).toBeVisible()
  await expectAccessible(page)
})

test('the pages of users with the longest names and an empty search are accessible', async ({ page }) => {
  const email = `${'w'.repeat(64)}@${`${'m'.repeat(59)}.`.repeat(3)}net`
  const user = await signUp({
    json: { email, password: 'seven quiet herons at dusk', name: 'W'.repeat(100) },
  })
  await logInAsAdmin(page, { path: '/admin/users' })
  await expectAccessible(page)
  await page.goto(`/admin/users/${user.userId}?confirm=disable`)
  await expectAccessible(page)
  await page.goto('/admin/users?search=no-such-name')
  await expectAccessible(page)
})

test('the page of events with rows, without rows and with errors is accessible', async ({ page }) => {
  const ip = newIpAddress()
  await insertFailures(60, { ip, email: `${'W'.repeat(200)}@example.com` })
  await logInAsAdmin(page, { path: null })
  for (const search of [`address=${ip}`, 'kind=alert&address=192.0.2.1', 'kind=lunch&address=x&from=y']) {
    await page.goto(`/admin/events?${search}`)
    await expectAccessible(page)
  }
})
