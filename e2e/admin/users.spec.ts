import type { Page } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { logInAsAdmin, setRole } from '../support/administrators.ts'
import { logIn, signUp, statusOfMe } from '../support/api.ts'
import { stopLiveChanges } from '../support/live.ts'
import { errorBox, followAccountLink, waitForHydration } from '../support/pages.ts'
import { logInAs, logInAsNewUser } from '../support/sessions.ts'
import { eventsOf, query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const role = async (userId: string) =>
  (await query<{ role: string }>('SELECT role FROM users WHERE id = $1', [userId]))[0]?.role

/** Chooses an action on the page of an account, and confirms it. */
async function perform(page: Page, action: string): Promise<void> {
  await page.getByRole('link', { name: action }).click()
  await page.getByRole('button', { name: action }).click()
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('an administrator finds and disables a user, whose browser is logged out by its next request', async ({
      page,
      openBrowser,
    }) => {
      const usersPage = await (await openBrowser()).newPage()
      await stopLiveChanges(usersPage.context())
      const user = await logInAsNewUser(usersPage)
      const admin = await logInAsAdmin(page)
      await followAccountLink(page, 'Administration')
      await page
        .getByRole('navigation', { name: 'Administration' })
        .getByRole('link', { name: 'Users' })
        .click()
      await page.getByLabel('Search by email or name').fill(user.email.slice(2, 30).toUpperCase())
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByRole('table', { name: 'Users' }).getByRole('link', { name: user.email }).click()
      await expect(page.getByRole('heading', { level: 1, name: user.email })).toBeVisible()
      await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row')).toHaveCount(3)
      if (javaScriptEnabled) await waitForHydration(page)

      await page.getByRole('link', { name: 'Disable account' }).click()
      await page.getByRole('link', { name: 'Cancel' }).click()
      await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
      await perform(page, 'Disable account')
      await expect(page.getByRole('status')).toHaveText('Account disabled. All its sessions have ended.')
      await expect(page.getByText('Disabled', { exact: true })).toBeVisible()
      await expect(page.getByText('Not logged in anywhere.')).toBeVisible()
      await usersPage.reload()
      await expect(usersPage).toHaveURL('/login?next=%2Ftasks')
      expect(await statusOfMe(user)).toBe(401)
      expect((await logIn(user.email, user.password)).status).toBe(401)

      await perform(page, 'Enable account')
      await expect(page.getByRole('status')).toHaveText('Account enabled.')
      expect((await logIn(user.email, user.password)).status).toBe(200)
      expect(await eventsOf(user.userId, 'account_disabled', 'account_enabled')).toMatchObject([
        { event_type: 'account_disabled', success: true, details: { by: admin.userId } },
        { event_type: 'account_enabled', success: true, details: { by: admin.userId } },
      ])
    })

    test('an administrator ends all sessions of a user, and requires a password change', async ({
      page,
      openBrowser,
    }) => {
      const usersPage = await (await openBrowser()).newPage()
      await stopLiveChanges(usersPage.context())
      const user = await logInAsNewUser(usersPage)
      await logInAsAdmin(page, { path: `/admin/users/${user.userId}` })
      await perform(page, 'End all sessions')
      await expect(page.getByRole('status')).toHaveText('All sessions of this account have ended.')
      await expect(page.getByRole('link', { name: 'End all sessions' })).toHaveCount(0)
      await usersPage.reload()
      await expect(usersPage).toHaveURL('/login?next=%2Ftasks')

      await perform(page, 'Require a password change')
      await expect(page.getByText('Must change password')).toBeVisible()
      const [row] = await query('SELECT password_change_required_at FROM users WHERE id = $1', [user.userId])
      expect(row).toEqual({ password_change_required_at: expect.any(Date) })
    })

    test('an administrator grants and removes administrator rights', async ({ page }) => {
      const user = await signUp()
      await logInAsAdmin(page, { path: `/admin/users/${user.userId}` })
      await perform(page, 'Make administrator')
      await expect(page.getByRole('status')).toHaveText('This account is now an administrator.')
      expect(await role(user.userId)).toBe('admin')
      await perform(page, 'Remove administrator rights')
      await expect(page.getByRole('status')).toHaveText('This account is no longer an administrator.')
      expect(await role(user.userId)).toBe('user')
    })

    test('a form manipulated to lock out its sender is refused with the reason', async ({ page }) => {
      const user = await signUp()
      const admin = await logInAsAdmin(page)
      for (const action of ['Disable account', 'Remove administrator rights']) {
        await setRole(user, 'admin')
        await page.goto(`/admin/users/${user.userId}`)
        await page.getByRole('link', { name: action }).click()
        const button = page.getByRole('button', { name: action })
        await button.waitFor()
        if (javaScriptEnabled) await waitForHydration(page)
        const own = (input: Element, id: string) => input.setAttribute('value', id)
        await page.locator('input[name=user_id]').evaluate(own, admin.userId)
        await button.click()
        await expect(errorBox(page)).toContainText('You can’t disable your own account')
        await expect(errorBox(page)).toBeFocused()
      }
      expect([await role(admin.userId), await role(user.userId)]).toEqual(['admin', 'admin'])
      expect(await statusOfMe(admin)).toBe(200)
    })
  })
}

test.describe('pages that need no JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an administrator is not offered actions that would lock them out', async ({ page }) => {
    const admin = await logInAsAdmin(page, { path: null })
    for (const confirm of ['disable', 'make-user']) {
      await page.goto(`/admin/users/${admin.userId}?confirm=${confirm}`)
      await expect(page.getByText('Only another administrator can disable it')).toBeVisible()
      await expect(page.getByRole('link', { name: 'Require a password change' })).toBeVisible()
      for (const action of ['Disable account', 'Remove administrator rights']) {
        await expect(page.getByText(action)).toHaveCount(0)
      }
    }
  })

  test('opening a confirmation changes nothing, and no URL alone claims that an action is done', async ({
    page,
  }) => {
    const user = await signUp()
    await logInAsAdmin(page, { path: `/admin/users/${user.userId}?confirm=disable` })
    await expect(page.getByRole('button', { name: 'Disable account' })).toBeVisible()
    for (const action of ['disable', 'end-sessions', 'require-password-change', 'make-admin']) {
      await page.goto(`/admin/users/${user.userId}?done=${action}`)
      await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
      await expect(page.getByRole('main').getByRole('status')).toHaveCount(0)
    }
    expect(await statusOfMe(user)).toBe(200)
  })

  test('the pages of a long list of users keep the search', async ({ page }) => {
    const mark = crypto.randomUUID()
    await query(
      `INSERT INTO users (id, email, updated_at)
     SELECT ('019d0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '.' || $1 || '@example.com', now()
     FROM generate_series(1, 51) AS n`,
      [mark],
    )
    await logInAsAdmin(page, { path: `/admin/users?search=${mark}` })
    const rows = page.getByRole('table', { name: 'Users' }).getByRole('row')
    await expect(rows).toHaveCount(51)
    await page.getByRole('link', { name: 'Older' }).click()
    await expect(rows).toHaveCount(2)
    await expect(rows.last()).toContainText(`1.${mark}@example.com`)
    await expect(rows.last()).toContainText('Never logged in')
    await page.getByRole('link', { name: 'Newest' }).click()
    await expect(rows).toHaveCount(51)
  })
})

test('a search without results shows an empty state and its markup as text', async ({ page }) => {
  await logInAsAdmin(page, { path: null })
  for (const search of ['<script>alert(1)</script>', "%' OR 1=1 --", 'no-such-name']) {
    await page.goto(`/admin/users?search=${encodeURIComponent(search)}`)
    await expect(page.getByRole('main')).toContainText(`No email or name contains “${search}”.`)
    await expect(page.getByLabel('Search by email or name')).toHaveValue(search)
  }
})

test('names and devices that contain markup are shown as text', async ({ page, openBrowser }) => {
  const name = '<img src=x onerror=alert(1)>'
  const email = newEmail()
  const user = await signUp({
    json: { email, password: PASSWORD, name },
  })
  const usersPage = await (await openBrowser({ userAgent: '"><script>alert(1)</script>' })).newPage()
  await logInAs(usersPage, { ...user, email })
  await logInAsAdmin(page, { path: `/admin/users/${user.userId}` })
  await expect(page.getByText(name)).toBeVisible()
  await page.goto(`/admin/events?user=${user.userId}`)
  await expect(page.getByTitle('"><script>alert(1)</script>')).toHaveCount(1)
  expect(await page.locator('main img, main script').count()).toBe(0)
})
