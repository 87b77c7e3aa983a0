import type { BrowserContext } from '@playwright/test'
import { DAY_SECONDS } from '../../lib/time.ts'
import { signUp } from '../support/api.ts'
import { fillLogIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import { errorBox, waitForHydration } from '../support/pages.ts'
import {
  countRotations,
  dropAccessTokenCookie,
  logInAs,
  logInOnPage,
  sessionsOf,
} from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

/** The remaining seconds of each token's cookie, or -1 for a cookie that ends with the browser. */
async function cookieLifetimes(context: BrowserContext): Promise<Record<string, number>> {
  const cookies = (await context.cookies()).filter(({ name }) => name !== 'taskward.device')
  return Object.fromEntries(
    cookies.map(({ name, expires }) => [name, expires === -1 ? -1 : Math.round(expires - Date.now() / 1000)]),
  )
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a log-in with the default choice outlasts the browser', async ({ page, context }) => {
      const account = await signUp()
      await page.goto('/login')
      await expect(page.getByLabel('Keep me logged in')).toBeChecked()
      await fillLogIn(page, account)
      await expect(page).toHaveURL('/tasks')
      const lifetimes = await cookieLifetimes(context)
      expect(lifetimes['taskward.access']).toBeGreaterThan(15 * 60 - 30)
      expect(lifetimes['taskward.access']).toBeLessThanOrEqual(15 * 60)
      expect(lifetimes['taskward.refresh']).toBeGreaterThan(7 * DAY_SECONDS - 30)
      expect(lifetimes['taskward.refresh']).toBeLessThanOrEqual(7 * DAY_SECONDS)
      expect(await sessionsOf(account)).toMatchObject([{ persistent: true }])
    })

    test('a log-in without “Keep me logged in” ends with the browser and after a day at most', async ({
      page,
      context,
    }) => {
      // It opens a second after its page, and would renew the session, too.
      await stopLiveChanges(context)
      const account = await signUp()
      await logInOnPage(page, account, { keep: false })
      const sessionCookies = { 'taskward.access': -1, 'taskward.refresh': -1 }
      expect(await cookieLifetimes(context)).toEqual(sessionCookies)
      const [session] = await sessionsOf(account)
      expect(session).toMatchObject({ persistent: false })
      expect(session?.lifetime_seconds).toBeLessThanOrEqual(DAY_SECONDS)

      await dropAccessTokenCookie(context)
      await page.goto('/settings/sessions')
      await expect(page.getByText(/until the browser closes/)).toBeVisible()
      expect(await countRotations(account)).toBe(1)
      expect(await cookieLifetimes(context)).toEqual(sessionCookies)
    })

    for (const keep of [true, false]) {
      test(`the choice ${keep ? 'to stay' : 'not to stay'} logged in survives a failed log-in`, async ({
        page,
      }) => {
        const account = await signUp()
        await page.goto('/login')
        if (javaScriptEnabled) await waitForHydration(page)
        const box = page.getByLabel('Keep me logged in')
        // The box is checked by default.
        if (!keep) await box.uncheck()
        await fillLogIn(page, { email: account.email, password: '' })
        await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/Enter your password/)
        await expect(box).toBeChecked({ checked: keep })
        await fillLogIn(page, { email: account.email, password: 'Not the password' })
        await expect(errorBox(page)).toHaveText('Wrong email or password.')
        await expect(box).toBeChecked({ checked: keep })
        await fillLogIn(page, account)
        await expect(page).toHaveURL('/tasks')
        expect(await sessionsOf(account)).toMatchObject([{ persistent: keep }])
      })
    }
  })
}

test('a password change leaves the choice not to stay logged in unchanged', async ({ page, context }) => {
  const account = await signUp()
  await logInAs(page, account, { keep: false, path: null })
  await page.goto('/settings/password')
  await page.getByLabel('Current password').fill(account.password)
  await page.getByLabel('New password').fill('eleven patient otters by noon')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page).toHaveURL('/settings/password?changed')
  expect(await sessionsOf(account)).toMatchObject([{ persistent: false }, { persistent: false }])
  expect(await cookieLifetimes(context)).toMatchObject({ 'taskward.access': -1, 'taskward.refresh': -1 })
})
