import type { Page } from '@playwright/test'
import { type Account, newIpAddress, signUp, statusOfMe } from '../support/api.ts'
import { fillLogIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import { errorBox, followAccountLink } from '../support/pages.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import {
  cookiesOf,
  countEvents,
  dropAccessTokenCookie,
  logInAs,
  logInAsNewUser,
  sessionsOf,
} from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const NEW_PASSWORD = 'eleven patient otters by noon'

async function change(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Current password').fill(current)
  await page.getByLabel('New password').fill(next)
  await page.getByRole('button', { name: 'Change password' }).click()
}

async function expectPasswordIs(
  page: Page,
  account: Account,
  password: string,
  isRight: boolean,
): Promise<void> {
  await page.goto('/login')
  await fillLogIn(page, { email: account.email, password })
  if (isRight) return expect(page).toHaveURL('/tasks')
  await expect(errorBox(page)).toHaveText('Wrong email or password.')
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('changing the password gives this browser a new session and ends all other sessions', async ({
      page,
      context,
      openBrowser,
    }) => {
      const account = await signUp()
      const other = await (await openBrowser()).newPage()
      await stopLiveChanges(other.context())
      await logInAs(other, account)
      await logInAs(page, account)
      const before = await cookiesOf(context)
      await followAccountLink(page, 'Password')
      await dropAccessTokenCookie(context)
      await change(page, account.password, NEW_PASSWORD)
      await expect(page).toHaveURL('/settings/password?changed')
      await expect(page.getByRole('status')).toHaveText(/^Password changed\./)
      await expect(page.getByLabel('Current password')).toHaveValue('')
      await expect(page.getByLabel('New password')).toHaveValue('')

      expect(await sessionsOf(account)).toMatchObject([
        { revoked_reason: 'password_changed' },
        { revoked_reason: 'password_changed' },
        { revoked_reason: null, unused: 1 },
      ])
      const after = await cookiesOf(context)
      for (const name of ['access', 'refresh', 'device']) expect(after[name], name).not.toBe(before[name])
      const devices = await query('SELECT 1 FROM known_devices WHERE user_id = $1', [account.userId])
      expect(devices, 'known devices: this browser alone').toHaveLength(1)

      await followAccountLink(other, 'Devices')
      await expect(other).toHaveURL('/login?next=%2Fsettings%2Fsessions')
      await expect(other.getByRole('status')).toHaveText(
        'Your password was changed, so you were logged out everywhere.',
      )
      expect(await statusOfMe(account), 'the API session has ended, too').toBe(401)
      await expectPasswordIs(other, account, account.password, false)
      await expectPasswordIs(other, account, NEW_PASSWORD, true)

      await page.goto('/tasks')
      await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
      expect(await countEvents(account, 'password_changed')).toBe(1)
    })

    test('a rejected password change shows the error at its field and keeps the session', async ({
      page,
    }) => {
      const account = await logInAsNewUser(page, { path: '/settings/password' })
      const localPart = account.email.slice(0, account.email.indexOf('@'))
      const refusals = [
        ['Not the password', NEW_PASSWORD, 'Current password', /This is not your current password/],
        [account.password, 'Ab1defg', 'New password', /Use at least 8 characters/],
        [account.password, 'abcdefgh1', 'New password', /Add an upper-case letter/],
        [account.password, 'Password1', 'New password', /on lists of common passwords/],
        [account.password, 'Summer2026', 'New password', /built on a season/],
        [account.password, `${localPart} and more`, 'New password', /does not contain your email address/],
      ] as const
      for (const [current, next, label, issue] of refusals) {
        await change(page, current, next)
        await expect(page.getByLabel(label)).toHaveAccessibleDescription(issue)
        await expect(page.getByLabel(label)).toBeFocused()
        await expect(page).toHaveTitle(/^Error: Change your password/)
      }
      expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null }])
      const failed = await query(
        `SELECT 1 FROM auth_events WHERE user_id = $1 AND failure_reason = 'wrong_password'`,
        [account.userId],
      )
      expect(failed).toHaveLength(1)
      await change(page, account.password, NEW_PASSWORD)
      await expect(page.getByRole('status')).toHaveText(/^Password changed\./)
    })
  })
}

test('changes the password a second time from the page that confirms the first change', async ({ page }) => {
  const account = await logInAsNewUser(page, { path: '/settings/password' })
  await change(page, account.password, NEW_PASSWORD)
  await expect(page.getByRole('status')).toHaveText(/^Password changed\./)
  await change(page, account.password, 'twelve keen badgers')
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/)
  await change(page, NEW_PASSWORD, 'twelve keen badgers')
  await expect.poll(async () => (await sessionsOf(account)).length).toBe(3)
  await expect(page.getByRole('status')).toHaveText(/^Password changed\./)
  for (const label of ['Current password', 'New password'])
    await expect(page.getByLabel(label)).toHaveValue('')
})

test.describe('with a limit of two guesses', () => {
  let server: RunningServer
  test.beforeAll(async () => {
    server = await startServer({ RATE_LIMITS: 'password.change=2/3600', TRUSTED_PROXY_HOPS: '1' })
  })
  test.afterAll(async () => server?.stop())

  test('two wrong current passwords throttle the third attempt, even with the right one', async ({
    openBrowser,
  }) => {
    const headers = { 'x-forwarded-for': newIpAddress() }
    const page = await (await openBrowser({ extraHTTPHeaders: headers })).newPage()
    const account = await signUp({ server: server.url, headers })
    await logInAs(page, account, { path: '/settings/password' })
    for (const guess of ['Not the password', 'Nor this one']) {
      await change(page, guess, NEW_PASSWORD)
      await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(
        /not your current password/,
      )
      await expect(page.getByLabel('Current password')).toHaveValue('')
    }
    await change(page, account.password, NEW_PASSWORD)
    await expect(errorBox(page)).toHaveText(/^Too many attempts\. Try again in (59|60) minutes\.$/)
    expect(await countEvents(account, 'throttled')).toBe(1)
    expect(await countEvents(account, 'password_changed')).toBe(2)
    expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null }])
  })
})
