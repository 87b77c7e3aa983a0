import { newEmail, PASSWORD } from '../support/accounts.ts'
import { signUp } from '../support/api.ts'
import { createAccount, fillLogIn, logIn, openTasks } from '../support/journeys.ts'
import { errorBox, expectTitles, holdForms, waitForHydration } from '../support/pages.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// lib/http/safe-redirect.test.ts covers all kinds. These show that the page uses it.
const FOREIGN = ['//evil.example/', '/login']

for (const emailKind of ['known', 'unknown'] as const) {
  test(`a wrong password for an ${emailKind} email shows the common error, keeps the email and clears the password`, async ({
    page,
  }) => {
    const email = emailKind === 'known' ? (await createAccount()).email : newEmail()
    await page.goto('/login')
    await waitForHydration(page)
    for (const password of ['Not the password', 'Nor this one']) {
      await fillLogIn(page, { email, password })
      await expect(errorBox(page)).toHaveText('Wrong email or password.')
      await expect(errorBox(page)).toBeFocused()
      await expect(page).toHaveTitle(/^Error: Log in/)
      await expect(page.getByLabel('Email')).toHaveValue(email)
      await expect(page.getByLabel('Password')).toHaveValue('')
    }
  })
}

test('a signed-out user who opens a page returns to it after logging in', async ({ page }) => {
  const account = await createAccount(['Older', 'Newer'])
  await page.goto('/tasks?edit=nothing')
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent('/tasks?edit=nothing')}`)
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks?edit=nothing')
  await expectTitles(page, ['Newer', 'Older'])
})

test.describe('far from UTC', () => {
  test.use({ timezoneId: 'Pacific/Kiritimati' })

  const zonesOf = (email: string) =>
    query('SELECT time_zone FROM users WHERE email = $1', [email]).then((rows) =>
      Object.values(rows[0] ?? {}),
    )

  test('an account gets the time zone of the browser that signs up', async ({ page }) => {
    const email = newEmail()
    await page.goto('/signup')
    await waitForHydration(page)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page).toHaveURL('/tasks')
    expect(await zonesOf(email)).toEqual(['Pacific/Kiritimati'])
  })

  test('an account without a time zone gets that of the browser that logs in, and one that has one keeps it', async ({
    page,
    openBrowser,
  }) => {
    const account = await signUp()
    expect(await zonesOf(account.email)).toEqual([null])
    const elsewhere = await (await openBrowser({ timezoneId: 'Europe/Berlin' })).newPage()
    for (const browser of [page, elsewhere]) {
      await browser.goto('/login')
      await waitForHydration(browser)
      await fillLogIn(browser, account)
      await expect(browser).toHaveURL('/tasks')
      expect(await zonesOf(account.email)).toEqual(['Pacific/Kiritimati'])
    }
  })
})

test('a signed-out user who opens a page returns to it after signing up', async ({ page }) => {
  await page.goto('/tasks?edit=nothing')
  await page.getByRole('link', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible()
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks?edit=nothing')
})

for (const next of FOREIGN) {
  test(`a log-in with next=${JSON.stringify(next)} opens the tasks instead`, async ({ page }) => {
    const account = await createAccount()
    await page.goto(`/login?next=${encodeURIComponent(next)}`)
    await fillLogIn(page, account)
    await expect(page).toHaveURL('/tasks')
  })
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a signed-in user who opens a page for visitors is redirected to the tasks', async ({ page }) => {
    await logIn(page, await createAccount(), { path: null })
    for (const path of ['/', '/login', '/signup', '/login?next=%2Ftasks']) {
      await page.goto(path)
      await expect(page).toHaveURL('/tasks')
    }
  })
})

test('a log-in that cannot reach the server shows an error and keeps the fields', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/Failed to load resource: net::ERR_FAILED/)
  const account = await createAccount()
  await page.goto('/login')
  await waitForHydration(page)
  const decide = await holdForms(page)
  await fillLogIn(page, account)
  await decide('abort')
  await expect(errorBox(page)).toContainText('We couldn’t reach the server.')
  await expect(errorBox(page)).toBeFocused()
  await expect(page.getByLabel('Email')).toHaveValue(account.email)
  await expect(page.getByLabel('Password')).toHaveValue(account.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL('/tasks')
})

test('submitting the log-in form three times sends one request', async ({ page }) => {
  const account = await createAccount()
  await page.goto('/login')
  await waitForHydration(page)
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') sent++
  })
  const decide = await holdForms(page)
  await fillLogIn(page, account)
  await expect(page.getByRole('button', { name: 'Logging in…' })).toBeVisible()
  await page.getByLabel('Password').press('Enter')
  await page.getByRole('button', { name: 'Logging in…' }).click({ force: true })
  await decide('continue')
  await expect(page).toHaveURL('/tasks')
  expect(sent).toBe(1)
})

test('the back button after logging out shows the log-in page and no data of the account', async ({
  page,
}) => {
  const { email } = await openTasks(page, ['Private task'])
  await page.goto('/tasks?edit=nothing')
  await waitForHydration(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  for (const _ of [1, 2]) {
    await page.goBack()
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
    await expect(page.getByText('Private task')).toHaveCount(0)
    await expect(page.getByText(email)).toHaveCount(0)
  }
})

test('opening a copied address after logging out redirects to the log-in page', async ({ page, context }) => {
  await openTasks(page, ['Private task'])
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  const tab = await context.newPage()
  await tab.goto('/tasks')
  await expect(tab).toHaveURL('/login?next=%2Ftasks')
  await expect(tab.getByText('Private task')).toHaveCount(0)
})

test('logging in to a second account in the same browser shows its tasks only', async ({ page }) => {
  await openTasks(page, ['Of the first'])
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  const second = await createAccount(['Of the second'])
  await fillLogIn(page, second)
  await expectTitles(page, ['Of the second'])
})
