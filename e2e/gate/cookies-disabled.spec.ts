import { newEmail, PASSWORD } from '../support/accounts.ts'
import { signUp } from '../support/api.ts'
import { startCookieBlocker } from '../support/cookie-blocker.ts'
import { fillLogIn } from '../support/journeys.ts'
import { errorBox } from '../support/pages.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { sessionsOf } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const REASON = /blocks this site’s cookies.*Nothing was done\. Allow cookies/

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without'

  test(`a log-in without cookies explains the failure and starts no session, ${how} JavaScript`, async ({
    openBrowser,
  }) => {
    const account = await signUp()
    const blocker = await startCookieBlocker()
    const page = await (await openBrowser({ javaScriptEnabled, proxy: blocker.proxy })).newPage()
    await page.goto(`${SHARED_SERVER}/login?next=%2Fsettings%2Fsessions`)
    for (const _attempt of [1, 2]) {
      await fillLogIn(page, account)
      await expect(errorBox(page)).toHaveText(REASON)
      await expect(page.getByLabel('Email')).toHaveValue(account.email)
      await expect(page.getByLabel('Password')).toHaveValue('')
      await expect(page).toHaveTitle(/^Error: Log in/)
    }
    expect(await sessionsOf(account)).toEqual([])
    blocker.allow()
    await page.goto(page.url())
    await fillLogIn(page, account)
    await expect(page).toHaveURL('/settings/sessions')
    expect(await sessionsOf(account)).toHaveLength(1)
    // The browser may still be loading scripts, so it is closed before its proxy.
    await page.context().close()
    blocker.stop()
  })

  test(`a sign-up without cookies explains the failure and creates no account, ${how} JavaScript`, async ({
    openBrowser,
  }) => {
    const email = newEmail()
    const blocker = await startCookieBlocker()
    const page = await (await openBrowser({ javaScriptEnabled, proxy: blocker.proxy })).newPage()
    await page.goto(`${SHARED_SERVER}/signup`)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(errorBox(page)).toHaveText(REASON)
    await expect(page.getByLabel('Email')).toHaveValue(email)
    expect(await query('SELECT 1 FROM users WHERE email = $1', [email])).toEqual([])
    // The browser may still be loading scripts, so it is closed before its proxy.
    await page.context().close()
    blocker.stop()
  })

  test(`a log-in page logs in although its cookies were cleared after it was opened, ${how} JavaScript`, async ({
    openBrowser,
  }) => {
    const account = await signUp()
    const context = await openBrowser({ javaScriptEnabled })
    const page = await context.newPage()
    await page.goto('/login?next=%2Fsettings%2Fsessions')
    await context.clearCookies()
    await fillLogIn(page, account)
    await expect(page).toHaveURL('/settings/sessions')
    expect(await sessionsOf(account)).toHaveLength(1)
  })
}
