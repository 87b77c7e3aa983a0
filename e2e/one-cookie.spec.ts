import {
  cookiesOf,
  createAccount,
  enter,
  fillIn,
  loseAccessToken,
  nextPost,
  sessionOfToken,
  sessionsOf,
  setAccessTokenLife,
  setCookieLines,
  valueIn,
} from './support/sessions.ts'
import { expect, test } from './support/test.ts'

const NEW_PASSWORD = 'eleven patient otters by noon'

for (const javaScriptEnabled of [true, false]) {
  for (const [state, seconds] of Object.entries({ gone: null, over: -3600 })) {
    test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript and an access token that is ${state}`, () => {
      test.use({ javaScriptEnabled })

      test('a log-in’s own tokens are the only ones it sends', async ({ page, context, openBrowser }) => {
        const account = await createAccount()
        const elsewhere = await openBrowser()
        await enter(await elsewhere.newPage(), account)
        await page.goto('/login')
        // Another tab has logged in since this page was opened.
        await context.addCookies(await elsewhere.cookies())
        if (seconds === null) await loseAccessToken(context)
        else await setAccessTokenLife(context, seconds)
        await fillIn(page, account)
        const answer = nextPost(page)
        await page.getByRole('button', { name: 'Log in' }).click()
        await expect(page).toHaveURL('/tasks')

        const lines = await setCookieLines(await answer)
        expect(
          Object.entries(lines)
            .map(([name, sent]) => [name, sent.length])
            .sort(),
        ).toEqual([
          ['access', 1],
          ['device', 1],
          ['refresh', 1],
        ])
        const [replaced, fresh] = await sessionsOf(account.userId)
        expect(replaced?.revoked_reason).toBe('replaced')
        expect(fresh).toMatchObject({ revoked_reason: null, unused: 1 })
        expect(await sessionOfToken(valueIn(lines.refresh?.[0]))).toMatchObject({ id: fresh?.id })
        expect((await cookiesOf(context)).refresh).toBe(valueIn(lines.refresh?.[0]))
      })

      test('a password change’s own tokens are the only ones it sends', async ({ page, context }) => {
        const account = await createAccount()
        await enter(page, account)
        await page.goto('/settings/password')
        if (seconds === null) await loseAccessToken(context)
        else await setAccessTokenLife(context, seconds)
        await page.getByLabel('Current password').fill(account.password)
        await page.getByLabel('New password').fill(NEW_PASSWORD)
        const answer = nextPost(page)
        await page.getByRole('button', { name: 'Change password' }).click()
        await expect(page).toHaveURL('/settings/password?changed')

        const lines = await setCookieLines(await answer)
        expect(Object.values(lines).map(({ length }) => length)).toEqual([1, 1, 1])
        const [before, fresh] = await sessionsOf(account.userId)
        expect(before?.revoked_reason).toBe('password_changed')
        expect(await sessionOfToken(valueIn(lines.refresh?.[0]))).toEqual({
          id: fresh?.id,
          revoked_reason: null,
        })
        await page.goto('/tasks')
        await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
      })

      test('a log-out clears each token once, and nothing brings them back', async ({ page, context }) => {
        const account = await createAccount()
        await enter(page, account)
        if (seconds === null) await loseAccessToken(context)
        else await setAccessTokenLife(context, seconds)
        const answer = nextPost(page)
        await page.getByRole('button', { name: 'Log out', exact: true }).click()
        await expect(page).toHaveURL('/login')

        const lines = await setCookieLines(await answer)
        expect(Object.keys(lines).sort()).toEqual(['access', 'refresh'])
        for (const [name, sent] of Object.entries(lines)) {
          expect(sent, name).toHaveLength(1)
          expect(valueIn(sent[0]), name).toBe('')
        }
        expect(Object.keys(await cookiesOf(context))).toEqual(['device'])
        expect(await sessionsOf(account.userId)).toMatchObject([{ revoked_reason: 'logged_out' }])
      })
    })
  }
}
