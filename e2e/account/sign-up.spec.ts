import type { Request } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { createAccount } from '../support/journeys.ts'
import { errorBox, expectTitles, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const WEAK = [
  { password: 'Ab1defg', issue: 'Use at least 8 characters.' },
  {
    password: 'password',
    issue:
      'Add an upper-case letter and a number, or use at least 15 characters. Choose a password that is harder to guess: this one is on lists of common passwords.',
  },
  {
    password: 'Password1',
    issue: 'Choose a password that is harder to guess: this one is on lists of common passwords.',
  },
  {
    password: 'Taskward2026!',
    issue: 'Choose a password that is harder to guess: this one is built on the name Taskward.',
  },
]

const TAKEN = 'Error: This email already has an account. Log in'

// With the compression that users get, because a test counts bytes.
test.use({ extraHTTPHeaders: {} })

test.beforeEach(async ({ page }) => {
  await page.goto('/signup')
  await waitForHydration(page)
})

test('signing up from the start page opens an empty list of tasks', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible()
  await expect(page).toHaveTitle(/^Create your account/)
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks')
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  await expect(page.getByText('Nothing to do yet')).toBeVisible()
  await expectTitles(page, [])
})

test('an empty form shows each error once, at its field, and focuses the first one', async ({ page }) => {
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Create your account/)
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/Error: Enter an email address/)
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/Error: Enter a password\./)
  await expect(page.getByText(/^Enter a/)).toHaveCount(2)
  await expect(errorBox(page)).toHaveCount(0)
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Email').press('Enter')
  await expect(page.getByLabel('Password')).toBeFocused()
})

test('a malformed email shows an error and keeps both fields', async ({ page }) => {
  await page.getByLabel('Email').fill('ada at example')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/like name@example\.com/)
  await expect(page.getByLabel('Email')).toHaveValue('ada at example')
  await expect(page.getByLabel('Password')).toHaveValue(PASSWORD)
})

test('weak passwords are rejected with everything that is wrong with them, at the field', async ({
  page,
}) => {
  const email = newEmail()
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  // Until the dictionaries have loaded, the server alone knows whether a password is easy to guess.
  await expect(page.getByText('Strong', { exact: true })).toBeVisible()
  for (const { password, issue } of WEAK) {
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByLabel('Password')).toHaveAccessibleDescription(new RegExp(`Error: ${issue}`))
    await expect(page.getByLabel('Password')).toBeFocused()
    await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Email')).toHaveValue(email)
  }
})

test('typing a password updates the description of its strength without moving the button', async ({
  page,
}) => {
  const scripts: Request[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request)
  })
  const button = page.getByRole('button', { name: 'Create account' })
  const before = await button.boundingBox()
  await page.getByLabel('Email').fill('ada.lovelace@example.com')
  await page.waitForLoadState('networkidle')
  const early = await Promise.all(scripts.map((request) => request.sizes()))
  const earlyBytes = early.reduce((total, { responseBodySize }) => total + responseBodySize, 0)
  expect(earlyBytes, 'only the form’s schema before the password field has focus').toBeLessThan(60_000)
  await page.getByLabel('Password').focus()
  await expect.poll(() => scripts.length).toBeGreaterThan(early.length)
  const strength = page.locator('form [aria-live=polite]')
  for (const [password, words] of [
    ['Summer2026', 'Too easy to guess: built on a season, a month or a day.'],
    ['Lovelace-1990', 'Too easy to guess: built on your name or email address.'],
    ['only lower', 'Does not meet the rules yet.'],
    ['SecurePass123', 'Fair'],
    [PASSWORD, 'Strong'],
    ['short', ''],
  ] as const) {
    await page.getByLabel('Password').fill(password)
    await expect(strength).toHaveText(words)
    expect(await button.boundingBox()).toEqual(before)
  }
})

test('sign-up succeeds when the dictionaries fail to load', async ({ page, expectProblems }) => {
  expectProblems(/Failed to load resource/)
  await page.route('**/_next/static/**', (route) => route.abort())
  const failed = page.waitForEvent('requestfailed')
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Password').focus()
  await failed
  await page.unroute('**/_next/static/**')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks')
})

test('a taken email is rejected with a link to log in, and another email signs up', async ({ page }) => {
  const { email } = await createAccount()
  await page.getByLabel('Email').fill(email.toUpperCase())
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(TAKEN)
  await expect(page.getByLabel('Email')).toHaveValue(email.toUpperCase())
  const logIn = page.locator('form').getByRole('link', { name: 'Log in' })
  await expect(logIn).toHaveAttribute('href', '/login?next=%2Ftasks')
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks')
})
