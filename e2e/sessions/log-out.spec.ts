import { chromium } from '@playwright/test'
import { BROWSER_ARGUMENTS, findBrowser } from '../support/browser.ts'
import { stopLiveChanges } from '../support/live.ts'
import { waitForHydration } from '../support/pages.ts'
import { cookiesOf, logInAs, logInAsNewUser, logOut, nextPost, sessionsOf } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

test('a log-out clears both tokens, is not cached and clears no other site data', async ({ page }) => {
  const account = await logInAsNewUser(page)
  const answer = nextPost(page)
  await logOut(page)
  const response = await answer
  expect(response.status()).toBe(303)
  const headers = await response.allHeaders()
  expect(headers).toMatchObject({ location: '/login', 'cache-control': 'no-store' })
  expect(headers['clear-site-data']).toBeUndefined()
  const lines = (await response.headersArray()).filter(({ name }) => name.toLowerCase() === 'set-cookie')
  const [access, refresh, notice, ...others] = lines.map(({ value }) => value)
  expect(access).toMatch(/^taskward\.access=;.*Max-Age=0;.*HttpOnly/i)
  expect(refresh).toMatch(/^taskward\.refresh=;.*Max-Age=0;.*HttpOnly/i)
  expect(notice).toMatch(/^taskward\.done=logged-out;.*Max-Age=60;.*HttpOnly/i)
  expect(others).toEqual([])
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: 'logged_out' }])
})

test('pages of an account are not cached', async ({ page, context }) => {
  await logInAsNewUser(page, { path: null })
  for (const path of ['/tasks', '/settings/sessions', '/settings/password', '/api/me/sessions']) {
    const answer = await context.request.get(path)
    expect(answer.headers()['cache-control'], path).toMatch(/\bno-store\b/)
  }
})

test('a log-out sends the other tabs to the log-in page', async ({ page, context, expectProblems }) => {
  expectProblems(/status of 401/)
  const { email } = await logInAsNewUser(page)
  const tabs = [await context.newPage(), await context.newPage()]
  await tabs[0]!.goto('/tasks')
  await tabs[1]!.goto('/settings/sessions')
  for (const tab of tabs) await waitForHydration(tab)
  await logOut(page)
  await expect(tabs[0]!).toHaveURL('/login?next=%2Ftasks')
  await expect(tabs[1]!).toHaveURL('/login?next=%2Fsettings%2Fsessions')
  for (const tab of tabs) {
    await expect(tab.getByRole('heading', { name: 'Log in' })).toBeVisible()
    await expect(tab.getByText(email)).toHaveCount(0)
  }
})

for (const javaScriptEnabled of [true, false]) {
  test(`the back-forward cache shows nothing of the account after a log-out, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    baseURL,
  }) => {
    // Playwright disables that cache in the shared browser, so this test starts one of its own.
    const executablePath = findBrowser()
    const browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: BROWSER_ARGUMENTS,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
    try {
      const context = await browser.newContext({ javaScriptEnabled, ...(baseURL && { baseURL }) })
      const page = await context.newPage()
      const { email } = await logInAsNewUser(page)
      if (javaScriptEnabled) await waitForHydration(page)
      await page.goto('about:blank')
      const tab = await context.newPage()
      await tab.goto('/tasks')
      await logOut(tab)
      for (const back of [page, tab]) {
        await back.goBack()
        await expect(back.getByRole('heading', { name: 'Log in' })).toBeVisible()
        await expect(back.getByText(email)).toHaveCount(0)
      }
    } finally {
      await browser.close()
    }
  })
}

test('a GET of /logout, as by a link or an image, ends no session', async ({ page, context }) => {
  const account = await logInAsNewUser(page, { path: null })
  const answer = await context.request.get('/logout', { maxRedirects: 0 })
  expect(answer.status()).toBe(303)
  expect(answer.headers()).toMatchObject({ location: '/' })
  expect(answer.headers()['set-cookie']).toBeUndefined()
  await page.goto('/logout')
  await expect(page).toHaveURL('/tasks')
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null }])
})

test('a log-out form of another site ends no session', async ({ page, context }) => {
  const account = await logInAsNewUser(page, { path: null })
  const before = await cookiesOf(context)
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]
  for (const headers of foreign) {
    const answer = await context.request.post('/logout', { headers, maxRedirects: 0 })
    expect(answer.status(), JSON.stringify(headers)).toBe(403)
    expect(answer.headers()['set-cookie']).toBeUndefined()
  }
  expect(await cookiesOf(context)).toEqual(before)
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null }])
})

test('a log-out clears the tokens of a session that has ended before', async ({
  page,
  context,
  openBrowser,
}) => {
  // Its end would lead the page to the log-in before the button is pressed.
  await stopLiveChanges(context)
  const account = await logInAsNewUser(page)
  const otherPage = await (await openBrowser()).newPage()
  await logInAs(otherPage, account)
  await otherPage.goto('/settings/sessions')
  await otherPage.getByRole('button', { name: 'Log out all other devices' }).click()
  await expect(otherPage.getByRole('listitem')).toHaveCount(1)
  await logOut(page)
  expect(Object.keys(await cookiesOf(context))).toEqual(['device', 'done'])
  expect(await sessionsOf(account)).toMatchObject([
    { revoked_reason: 'logged_out_elsewhere' },
    { revoked_reason: null },
  ])
})
