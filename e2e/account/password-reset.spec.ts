import { HOUR_SECONDS } from '../../lib/time.ts'
import { expectNoViolations } from '../support/accessibility.ts'
import { newEmail } from '../support/accounts.ts'
import { call, signUp, statusOfMe } from '../support/api.ts'
import { createAccount, fillLogIn } from '../support/journeys.ts'
import { createResetLink, tokenOf } from '../support/links.ts'
import { linksIn, readMail } from '../support/mails.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { logInAs } from '../support/sessions.ts'
import { eventsOf } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const NEW_PASSWORD = 'eleven patient otters by noon'
const SAVED = 'Your new password is saved. You’re logged in here, and logged out everywhere else.'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a user who forgot the password gets a link by email, and is notified of its use', async ({
      page,
    }) => {
      const account = await createAccount(['Water the ferns'])
      await page.goto('/login')
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await expect(page.getByRole('heading', { name: 'Reset your password' })).toBeVisible()
      await page.getByLabel('Email').fill(` ${account.email.toUpperCase()}`)
      await page.getByRole('button', { name: 'Send link' }).click()
      const notice = page.getByRole('main').getByRole('status')
      await expect(notice).toContainText(`If ${account.email} has an account`)
      await page.reload()
      await expect(notice).toBeVisible()

      const [link] = linksIn(await readMail('password-reset', account.email))
      expect(link).toMatch(/\/reset-password\?token=[\w-]{43}$/)
      // The jobs of any server may have answered the request, and each has another origin.
      const { pathname, search } = new URL(String(link))
      await page.goto(pathname + search)
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Save password' }).click()
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByRole('status').filter({ hasText: SAVED })).toBeVisible()
      await expect(page.getByText('Water the ferns')).toBeVisible()
      expect(
        await eventsOf(account.userId, 'password_reset_requested', 'password_reset', 'login'),
      ).toHaveLength(3)
      expect(linksIn(await readMail('password-changed', account.email))).toEqual([
        expect.stringContaining(`${SHARED_SERVER}/secure-account?token=`),
      ])
    })

    test('a link leads to a new password, logs in here and ends the other sessions', async ({
      page,
      context,
    }) => {
      const account = await createAccount(['Water the ferns'])
      const link = await createResetLink(account.userId)
      await page.goto(link)
      await expect(page).toHaveURL('/reset-password')
      await expect(page).toHaveTitle('Choose a new password – Taskward')
      await expect(page.locator('input[autocomplete=username]')).toHaveValue(account.email)
      await expect(page.getByLabel('New password')).toHaveAttribute('autocomplete', 'new-password')
      expect(await page.content()).not.toContain(tokenOf(link))

      await page.getByLabel('New password').fill('Summer2026')
      await page.getByRole('button', { name: 'Save password' }).click()
      await expect(page.getByLabel('New password')).toBeFocused()
      await expect(page).toHaveTitle(/^Error: Choose a new password/)
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByLabel('New password').press('Enter')
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByText('Water the ferns')).toBeVisible()
      expect(await statusOfMe(account)).toBe(401)
      expect((await context.cookies()).map(({ name }) => name)).not.toContain('taskward.link')

      await page.goto(link)
      await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
      await page.getByRole('link', { name: 'Get a new link' }).click()
      await expect(page).toHaveURL('/forgot-password')
    })

    test('a link in a browser that is logged in to another account takes over', async ({ page }) => {
      const [here, other] = [await createAccount(['Mine']), await createAccount(['Theirs'])]
      await logInAs(page, here)
      await page.goto(await createResetLink(other.userId))
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Save password' }).click()
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByText('Theirs')).toBeVisible()
    })

    test('a link that was used while its page was open sets nothing, and the page explains it', async ({
      page,
    }) => {
      const account = await createAccount()
      const link = await createResetLink(account.userId)
      await page.goto(link)
      const json = { token: tokenOf(link), password: NEW_PASSWORD }
      expect((await call('/api/auth/password/reset', { json })).status).toBe(204)
      await page.getByLabel('New password').fill(`${NEW_PASSWORD} twice`)
      await page.getByRole('button', { name: 'Save password' }).click()
      await expect(page.getByText(/This link no longer works/)).toBeVisible()
      await page.goto('/login')
      await fillLogIn(page, { ...account, password: NEW_PASSWORD })
      await expect(page).toHaveURL('/tasks')
    })
  })
}

test('opening a link any number of times uses nothing up, and shows its secret to no other page', async () => {
  const account = await signUp()
  const link = await createResetLink(account.userId)
  for (const method of ['HEAD', 'GET', 'GET']) {
    const opened = await call(link, { method })
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/reset-password'])
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer')
    expect(opened.headers.get('cache-control')).toBe('no-store')
    expect(opened.headers.getSetCookie()).toEqual([
      `taskward.link=${tokenOf(link)}; Path=/; Max-Age=${HOUR_SECONDS}; HttpOnly; SameSite=Lax`,
    ])
    const page = await call('/reset-password', { cookie: `taskward.link=${tokenOf(link)}` })
    expect(page.text).toContain(account.email)
    expect(page.text).not.toContain(tokenOf(link))
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  }
  const json = { token: tokenOf(link), password: NEW_PASSWORD }
  expect((await call('/api/auth/password/reset', { json })).status).toBe(204)
})

test('a forged or incomplete link shows no form, and removes the secret of the link before', async ({
  page,
}) => {
  const { userId } = await signUp()
  await page.goto(await createResetLink(userId))
  await page.goto('/reset-password?token=short')
  await expect(page.getByRole('heading', { name: 'Open the link in the email again' })).toBeVisible()
  await page.goto(`/reset-password?token=${'x'.repeat(43)}`)
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await expect(page.getByLabel('New password')).toHaveCount(0)
  await expectNoViolations(page)
})

test('no address makes the page claim that a link was requested', async ({ page, context }) => {
  await page.goto('/forgot-password?sent=ann@example.org')
  await expect(page.getByRole('main').getByRole('status')).toHaveCount(0)
  for (const value of ['link-requested', 'link-requested.', 'link-requested.PGI-eDwvYj4', 'other.YUBiLmV4']) {
    await context.addCookies([{ name: 'taskward.done', value, url: SHARED_SERVER }])
    await page.goto('/forgot-password?sent')
    await expect(page.getByRole('main').getByRole('status'), value).toHaveCount(0)
  }
})

test('the pages of a reset have no accessibility violations', async ({ page }) => {
  const { userId } = await signUp()
  await page.goto(await createResetLink(userId))
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Save password' }).click()
  await expect(page.getByLabel('New password')).toBeFocused()
  await expectNoViolations(page)
  await page.goto('/forgot-password')
  await page.getByLabel('Email').fill(newEmail())
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByRole('main').getByRole('status')).toBeVisible()
  await expectNoViolations(page)
})
