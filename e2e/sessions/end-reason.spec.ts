import type { BrowserContext, Page } from '@playwright/test'
import { signUp } from '../support/api.ts'
import { followAccountLink } from '../support/pages.ts'
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

const TOKEN_REUSED = /closed this session because its key was used twice, which can mean it was copied/

// The server decides all of this.
test.use({ javaScriptEnabled: false })

async function expectLoggedOut(page: Page, reason: RegExp): Promise<void> {
  await expect(page).toHaveURL(/\/login\?next=/)
  await expect(page.getByRole('status')).toHaveText(reason)
}

/** Opens another browser with all cookies of this one, as a thief of cookies does. */
async function openThief(context: BrowserContext, openBrowser: () => Promise<BrowserContext>): Promise<Page> {
  const thief = await openBrowser()
  await thief.addCookies(await context.cookies())
  return thief.newPage()
}

test('a copied cookie that is used after the owner’s renewal ends the session of both', async ({
  page,
  context,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page)
  const thief = await openThief(context, openBrowser)
  await dropAccessTokenCookie(context)
  await page.goto('/tasks')
  await skipGracePeriod(account)

  await dropAccessTokenCookie(thief.context())
  await thief.goto('/tasks')
  await expectLoggedOut(thief, TOKEN_REUSED)
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: 'refresh_token_reused' }])
  expect(await countEvents(account, 'refresh_token_reused')).toBe(1)

  await followAccountLink(page, 'Devices')
  await expectLoggedOut(page, TOKEN_REUSED)
})

test('a thief who renews first is logged out when the owner uses the old cookie', async ({
  page,
  context,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page)
  const thief = await openThief(context, openBrowser)
  await dropAccessTokenCookie(thief.context())
  await thief.goto('/tasks')
  await skipGracePeriod(account)

  await dropAccessTokenCookie(context)
  await page.goto('/settings/sessions')
  await expectLoggedOut(page, TOKEN_REUSED)
  await followAccountLink(thief, 'Devices')
  await expectLoggedOut(thief, TOKEN_REUSED)
})

for (const [what, sql] of Object.entries({
  'has expired': 'UPDATE sessions SET expires_at = now() WHERE user_id = $1',
  'was idle for too long': `UPDATE refresh_tokens SET expires_at = now()
    WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
})) {
  test(`a session that ${what} ends with the reason that it expired`, async ({ page, context }) => {
    const account = await logInAsNewUser(page)
    await query(sql, [account.userId])
    await dropAccessTokenCookie(context)
    await page.goto('/tasks')
    await expectLoggedOut(page, /your session expired/)
  })
}

test('the reason is shown until the next log-in, and never for another token', async ({
  page,
  context,
  openBrowser,
}) => {
  const account = await logInAsNewUser(page)
  await endSessions(account, 'logged_out_elsewhere')
  await page.goto('/tasks')
  await expectLoggedOut(page, /logged out from another device/)
  await logInAs(page, account)
  await context.clearCookies()
  await page.goto('/login')
  await expect(page.getByRole('status')).toHaveCount(0)

  const visitor = await (await openBrowser()).newPage()
  const { refreshToken } = await signUp()
  // An active session has no end reason.
  for (const value of ['garbage', refreshToken]) {
    await visitor.context().addCookies([{ name: 'taskward.refresh', value, url: page.url() }])
    await visitor.goto('/login')
    await expect(visitor.getByRole('heading', { name: 'Log in' })).toBeVisible()
    await expect(visitor.getByRole('status')).toHaveCount(0)
  }
})

test('a valid access token of an ended session causes no redirect loop', async ({ page, context }) => {
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
