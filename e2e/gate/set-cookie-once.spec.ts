import { HOUR_SECONDS } from '../../lib/time.ts'
import { signUp } from '../support/api.ts'
import { fillLogIn } from '../support/journeys.ts'
import {
  cookiesOf,
  cookiesSetBy,
  dropAccessTokenCookie,
  logInAs,
  nextPost,
  sessionOfToken,
  sessionsOf,
  setAccessTokenLifetime,
} from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

// A log-in and a password change replace the session. Where the gate renews the old session in the same request, its
// tokens must not reach the browser: only one cookie of a name may be set.

const NEW_PASSWORD = 'eleven patient otters by noon'

for (const [javaScriptEnabled, state] of [
  [true, 'missing'],
  [false, 'expired'],
] as const) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript and with an access token that is ${state}`, () => {
    test.use({ javaScriptEnabled })
    const expire: typeof dropAccessTokenCookie = (context) =>
      state === 'missing' ? dropAccessTokenCookie(context) : setAccessTokenLifetime(context, -HOUR_SECONDS)

    test('a log-in sends the tokens of its new session only', async ({ page, context, openBrowser }) => {
      const account = await signUp()
      const otherBrowser = await openBrowser()
      await logInAs(await otherBrowser.newPage(), account, { path: null })
      await page.goto('/login')
      // Another tab logs in after this page was opened.
      await context.addCookies(await otherBrowser.cookies())
      await expire(context)
      const answer = nextPost(page)
      await fillLogIn(page, account)
      await expect(page).toHaveURL('/tasks')

      const sent = await cookiesSetBy(await answer)
      expect(sent.map(([name]) => name).sort()).toEqual(['access', 'device', 'refresh'])
      const [replaced, fresh] = await sessionsOf(account)
      expect(replaced).toMatchObject({ revoked_reason: 'replaced' })
      expect(fresh).toMatchObject({ revoked_reason: null, unused: 1 })
      const { refresh } = Object.fromEntries(sent)
      expect(await sessionOfToken(String(refresh))).toBe(fresh?.id)
      expect(await cookiesOf(context)).toEqual(Object.fromEntries(sent))
    })

    test('a password change sends the tokens of its new session only', async ({ page, context }) => {
      const account = await signUp()
      await logInAs(page, account, { path: '/settings/password' })
      await expire(context)
      await page.getByLabel('Current password').fill(account.password)
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      const answer = nextPost(page)
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page).toHaveURL(/\/settings\/password\?changed/)

      const sent = await cookiesSetBy(await answer)
      expect(sent.map(([name]) => name).sort()).toEqual(['access', 'device', 'done', 'refresh'])
      const [before, fresh] = await sessionsOf(account)
      expect(before).toMatchObject({ revoked_reason: 'password_changed' })
      expect(fresh).toMatchObject({ revoked_reason: null, unused: 1 })
      const { refresh } = Object.fromEntries(sent)
      expect(await sessionOfToken(String(refresh))).toBe(fresh?.id)
      expect(await cookiesOf(context)).toEqual(Object.fromEntries(sent))
    })

    test('a log-out clears each token once and sets none again', async ({ page, context }) => {
      const account = await signUp()
      await logInAs(page, account)
      await expire(context)
      const answer = nextPost(page)
      await page.getByRole('button', { name: 'Log out', exact: true }).click()
      await expect(page).toHaveURL('/login')

      const sent = await cookiesSetBy(await answer)
      expect(sent.sort()).toEqual([
        ['access', ''],
        ['done', 'logged-out'],
        ['refresh', ''],
      ])
      expect(Object.keys(await cookiesOf(context))).toEqual(['device', 'done'])
      expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: 'logged_out' }])
    })
  })
}
