import type { BrowserContext, Page } from '@playwright/test'
import { type Account, logIn, signUp } from '../support/api.ts'
import { stopLiveChanges } from '../support/live.ts'
import { errorBox, followAccountLink, waitForHydration } from '../support/pages.ts'
import {
  countEvents,
  dropAccessTokenCookie,
  knownDevicesOf,
  logInAs,
  logInAsNewUser,
  sessionsOf,
} from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1'

type OpenBrowser = (options: { userAgent: string }) => Promise<BrowserContext>

const device = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

/** Creates an account and deletes the session of its sign-up, so that only browsers have sessions. */
async function createBrowserAccount(): Promise<Account> {
  const account = await signUp()
  await query('DELETE FROM sessions WHERE user_id = $1', [account.userId])
  return account
}

/** Logs in to an account with Firefox and an iPhone. @returns their pages */
async function logInOtherDevices(account: Account, openBrowser: OpenBrowser): Promise<Page[]> {
  const pages: Page[] = []
  for (const userAgent of [FIREFOX, IPHONE]) {
    const page = await (await openBrowser({ userAgent })).newPage()
    // It would leave by itself when it is logged out.
    await stopLiveChanges(page.context())
    await logInAs(page, account)
    pages.push(page)
  }
  return pages
}

test('lists devices by name, with this device first and marked', async ({ page, openBrowser }) => {
  const account = await signUp()
  await logInOtherDevices(account, openBrowser)
  await logInAs(page, account)
  await followAccountLink(page, 'Devices')
  await expect(page).toHaveTitle(/^Devices/)
  const items = page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
  await expect(items).toHaveCount(4)
  await expect(items.first()).toContainText(/Chrome on Linux\s*This device/)
  await expect(items.first()).toContainText('Active now')
  await expect(items.first().getByRole('button')).toHaveCount(0)
  await expect(page.getByText('This device')).toHaveCount(1)
  for (const name of ['Firefox on Linux', 'Safari on iOS', 'node']) {
    await expect(device(page, name)).toContainText(/Last active today at \d\d:\d\d · 127\.0\.0\.1/)
    await expect(device(page, name).getByRole('button', { name: `Log out ${name}` })).toBeVisible()
  }
  await expect(device(page, 'Firefox')).toContainText(/Logged in today at \d\d:\d\d/)
})

test('equal devices have buttons of different names, and the last one ended is named in a focused notice', async ({
  page,
}) => {
  const account = await signUp()
  const second = await logIn(account.email, account.password)
  expect(second.status).toBe(200)
  await query(
    `UPDATE sessions SET created_at = created_at - interval '1 hour'
     WHERE id = (SELECT id FROM sessions WHERE user_id = $1 ORDER BY id LIMIT 1)`,
    [account.userId],
  )
  await logInAs(page, account, { path: '/settings/sessions' })
  const buttons = page.getByRole('button', { name: /^Log out node Logged in (to|yester)day at \d\d:\d\d$/ })
  await expect(buttons).toHaveCount(2)
  await buttons.first().focus()
  await page.keyboard.press('Enter')
  const notice = page.getByText('node is logged out.')
  await expect(notice).toBeVisible()
  await expect(page.locator(':focus')).toHaveText('node is logged out.')
  await page.getByRole('button', { name: 'Log out node' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(page.locator(':focus')).toHaveText('node is logged out.')
})

test('shows no log-out button for an account with one device', async ({ page }) => {
  await logInAs(page, await createBrowserAccount())
  await page.goto('/settings/sessions')
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a device that another one logs out sees the reason at its next click', async ({
      page,
      openBrowser,
    }) => {
      const account = await createBrowserAccount()
      const [firefox, iphone] = await logInOtherDevices(account, openBrowser)
      await logInAs(page, account, { path: '/settings/sessions' })
      await page.getByRole('button', { name: 'Log out Firefox on Linux' }).click()
      await expect(page.getByRole('listitem')).toHaveCount(2)
      await expect(page.getByRole('status')).toHaveText('Firefox on Linux is logged out.')
      await expect(page.locator(':focus')).toHaveText('Firefox on Linux is logged out.')

      await followAccountLink(firefox!, 'Devices')
      await expect(firefox!).toHaveURL('/login?next=%2Fsettings%2Fsessions')
      await expect(firefox!.getByRole('status')).toHaveText('You were logged out from another device.')
      await iphone!.reload()
      await expect(iphone!.getByRole('heading', { name: 'Tasks' })).toBeVisible()
      expect((await sessionsOf(account)).map(({ revoked_reason }) => revoked_reason)).toEqual([
        'logged_out_elsewhere',
        null,
        null,
      ])
      expect(await countEvents(account, 'session_revoked')).toBe(1)
    })

    test('a device without an access token logs all others out', async ({ page, context, openBrowser }) => {
      const account = await createBrowserAccount()
      const otherPages = await logInOtherDevices(account, openBrowser)
      await logInAs(page, account, { path: '/settings/sessions' })
      await dropAccessTokenCookie(context)
      await page.getByRole('button', { name: 'Log out all other devices' }).click()
      await expect(page.getByRole('listitem')).toHaveCount(1)
      await expect(page.getByText('This device')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Log out all other devices' })).toHaveCount(0)
      for (const other of otherPages) {
        await other.reload()
        await expect(other).toHaveURL('/login?next=%2Ftasks')
        await expect(other.getByRole('status')).toHaveText('You were logged out from another device.')
      }
      expect((await sessionsOf(account)).filter(({ revoked_reason }) => !revoked_reason)).toHaveLength(1)
      expect(await knownDevicesOf(account), 'the acting browser alone').toEqual(['cookie'])
    })
  })
}

test('another user’s session and an unknown id get the same error and end nothing', async ({
  page,
  openBrowser,
}) => {
  const otherUser = await logInAsNewUser(await (await openBrowser()).newPage())
  const [foreign] = await sessionsOf(otherUser)
  const account = await logInAsNewUser(page)
  for (const id of [foreign?.id, crypto.randomUUID(), 'nothing']) {
    await page.goto('/settings/sessions')
    await waitForHydration(page)
    await page.locator('input[name=id]').evaluate((input: HTMLInputElement, id) => {
      input.value = String(id)
    }, id)
    await page.getByRole('button', { name: 'Log out node' }).click()
    await expect(errorBox(page)).toHaveText('This device is already logged out.')
  }
  expect(await sessionsOf(otherUser)).toMatchObject([{ revoked_reason: null }])
  expect(await countEvents(account, 'access_denied'), 'recorded for the other user’s session').toBe(1)
})

test('logging out a device that has logged out itself keeps its first reason', async ({
  page,
  openBrowser,
}) => {
  const account = await createBrowserAccount()
  const [firefox] = await logInOtherDevices(account, openBrowser)
  await logInAs(page, account, { path: '/settings/sessions' })
  await firefox!.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(firefox!).toHaveURL('/login')
  await page.getByRole('button', { name: 'Log out Firefox on Linux' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(2)
  const [ended] = await sessionsOf(account)
  expect(ended?.revoked_reason, 'the first reason').toBe('logged_out')
})
