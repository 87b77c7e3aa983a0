import { newEmail, PASSWORD } from '../support/accounts.ts'
import { createAccount, fillLogIn, openTasks } from '../support/journeys.ts'
import { errorBox, expectTitles, holdForms, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

// lib/http/safe-redirect.test.ts has many more: these show that the page asks it.
const FOREIGN = ['//evil.example/', '/login']

for (const who of ['the owner', 'a stranger'] as const) {
  test(`a wrong log-in of ${who} is told one thing, with the address kept and the password gone`, async ({
    page,
  }) => {
    const email = who === 'the owner' ? (await createAccount()).email : newEmail()
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

test('whoever copied the address of a page comes back to it after logging in', async ({ page }) => {
  const account = await createAccount(['Older', 'Newer'])
  await page.goto('/tasks?edit=nothing')
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent('/tasks?edit=nothing')}`)
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks?edit=nothing')
  await expectTitles(page, ['Newer', 'Older'])
})

test('the way back survives the detour over sign-up', async ({ page }) => {
  await page.goto('/tasks?edit=nothing')
  await page.getByRole('link', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible()
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks?edit=nothing')
})

for (const next of FOREIGN) {
  test(`a log-in is not led to ${JSON.stringify(next)}`, async ({ page }) => {
    const account = await createAccount()
    await page.goto(`/login?next=${encodeURIComponent(next)}`)
    await fillLogIn(page, account)
    await expect(page).toHaveURL('/tasks')
  })
}

test('whoever is signed in gets the list in place of the pages for visitors', async ({ page }) => {
  await openTasks(page)
  for (const path of ['/', '/login', '/signup', '/login?next=%2Ftasks']) {
    await page.goto(path)
    await expect(page).toHaveURL('/tasks')
  }
})

test('an unreachable server is said so, and nothing typed is lost', async ({ page, expectProblems }) => {
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

test('an impatient person who presses twice is logged in once', async ({ page }) => {
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

test('after logging out the back button shows nothing of the account', async ({ page }) => {
  const { email } = await openTasks(page, ['Nobody else may read this'])
  await page.goto('/tasks?edit=nothing')
  await waitForHydration(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  for (const _ of [1, 2]) {
    await page.goBack()
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
    await expect(page.getByText('Nobody else may read this')).toHaveCount(0)
    await expect(page.getByText(email)).toHaveCount(0)
  }
})

test('after logging out a copied address leads to the log-in', async ({ page, context }) => {
  await openTasks(page, ['Nobody else may read this'])
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  const tab = await context.newPage()
  await tab.goto('/tasks')
  await expect(tab).toHaveURL('/login?next=%2Ftasks')
  await expect(tab.getByText('Nobody else may read this')).toHaveCount(0)
})

test('one person after the other can use a browser', async ({ page }) => {
  await openTasks(page, ['Of the first'])
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  const second = await createAccount(['Of the second'])
  await fillLogIn(page, second)
  await expectTitles(page, ['Of the second'])
})
