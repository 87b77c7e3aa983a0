import type { BrowserContext, Page } from '@playwright/test'
import { signUp } from '../support/api.ts'
import { waitForHydration } from '../support/pages.ts'
import {
  cookiesOf,
  countEvents,
  dropAccessTokenCookie,
  endSessions,
  logInAs,
  logInAsNewUser,
  sessionsOf,
  skipGracePeriod,
} from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const COPIED = /closed this session because its key was used twice, which can mean it was copied/

async function expectOut(page: Page, reason: RegExp): Promise<void> {
  await expect(page).toHaveURL(/\/login\?next=/)
  await expect(page.getByRole('status')).toHaveText(reason)
}

/** Another browser with all cookies of this one, as a thief has them. */
async function copyOf(context: BrowserContext, openBrowser: () => Promise<BrowserContext>): Promise<Page> {
  const thief = await openBrowser()
  await thief.addCookies(await context.cookies())
  return thief.newPage()
}

test('a copied cookie that is used after its owner’s renewal ends the session for both', async ({
  page,
  context,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page)
  await waitForHydration(page)
  const thief = await copyOf(context, openBrowser)
  await dropAccessTokenCookie(context)
  await page.goto('/tasks')
  await waitForHydration(page)
  await skipGracePeriod(account)

  await dropAccessTokenCookie(thief.context())
  await thief.goto('/tasks')
  await expectOut(thief, COPIED)
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: 'refresh_token_reused' }])
  expect(await countEvents(account, 'refresh_token_reused')).toBe(1)

  await page.getByRole('link', { name: 'Devices' }).click()
  await expectOut(page, COPIED)
})

test('a thief who renews first is found out when the owner comes, and is out with the next click', async ({
  page,
  context,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page)
  const thief = await copyOf(context, openBrowser)
  await dropAccessTokenCookie(thief.context())
  await thief.goto('/tasks')
  await waitForHydration(thief)
  await skipGracePeriod(account)

  await dropAccessTokenCookie(context)
  await page.goto('/settings/sessions')
  await expectOut(page, COPIED)
  await thief.getByRole('link', { name: 'Devices' }).click()
  await expectOut(thief, COPIED)
})

for (const [what, sql] of Object.entries({
  'has reached its end': 'UPDATE sessions SET expires_at = now() WHERE user_id = $1',
  'was idle for too long': `UPDATE refresh_tokens SET expires_at = now()
    WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
})) {
  test(`whoever’s session ${what} reads that it expired`, async ({ page, context }) => {
    const account = await logInAsNewUser(page)
    await query(sql, [account.userId])
    await dropAccessTokenCookie(context)
    await page.goto('/tasks')
    await expectOut(page, /your session expired/)
  })
}

test('the reason is gone after the next log-in, and strangers read none', async ({
  page,
  context,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page)
  await endSessions(account, 'logged_out_elsewhere')
  await page.goto('/tasks')
  await expectOut(page, /logged out from another device/)
  await logInAs(page, account)
  await context.clearCookies()
  await page.goto('/login')
  await expect(page.getByRole('status')).toHaveCount(0)

  const stranger = await (await openBrowser()).newPage()
  const { refreshToken } = await signUp()
  // A living session has no reason, whoever holds its token.
  for (const value of ['garbage', refreshToken]) {
    await stranger.context().addCookies([{ name: 'taskward.refresh', value, url: page.url() }])
    await stranger.goto('/login')
    await expect(stranger.getByRole('heading', { name: 'Log in' })).toBeVisible()
    await expect(stranger.getByRole('status')).toHaveCount(0)
  }
})

test('a good access token of a dead session goes in no circles', async ({ page, context }) => {
  const account = await logInAsNewUser(page)
  await endSessions(account, 'logged_out')
  let redirects = 0
  page.on('response', (response) => {
    if (response.status() >= 300 && response.status() < 400) redirects++
  })
  for (const path of ['/', '/login', '/signup', '/login?next=%2Fsettings%2Fsessions', '/tasks']) {
    redirects = 0
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(200)
    expect(redirects, path).toBe(path === '/tasks' ? 1 : 0)
  }
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  expect(await cookiesOf(context)).toHaveProperty('access')
})
