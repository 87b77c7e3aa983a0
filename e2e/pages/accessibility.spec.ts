import { expectNoViolations } from '../support/accessibility.ts'
import { createAccount, logIn, openTasks } from '../support/journeys.ts'
import { checkbox, deleteButton, editLink, expectTitles, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

for (const path of ['/', '/signup', '/login', '/forgot-password', '/reset-password', '/help', '/privacy']) {
  test(`${path} has no accessibility violations`, async ({ page }) => {
    await page.goto(path)
    await waitForHydration(page)
    await expectNoViolations(page)
  })
}

for (const [path, button] of [
  ['/signup', 'Create account'],
  ['/login', 'Log in'],
  ['/forgot-password', 'Send link'],
] as const) {
  test(`${path} with errors has no accessibility violations`, async ({ page }) => {
    await page.goto(path)
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByLabel('Email')).toBeFocused()
    await expectNoViolations(page)
  })
}

test('/signup with a password strength has no accessibility violations', async ({ page }) => {
  await page.goto('/signup')
  await waitForHydration(page)
  await page.getByLabel('Password').fill('Summer2026')
  await expect(page.getByText('Too easy to guess')).toBeVisible()
  await expectNoViolations(page)
})

test('the 404 page has no accessibility violations', async ({ page, expectProblems }) => {
  expectProblems(/status of 404/)
  await logIn(page, await createAccount(), { path: null })
  const answer = await page.goto('/nothing-here')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expectNoViolations(page)
})

test('an empty list has no accessibility violations', async ({ page }) => {
  await openTasks(page)
  await expectNoViolations(page)
})

test('a list with tasks has no accessibility violations', async ({ page }) => {
  await openTasks(page, ['Done', 'To do'])
  await checkbox(page, 'Done').click()
  await expect(checkbox(page, 'Done')).toBeChecked()
  await expectNoViolations(page)
})

test('the notice of a deleted task has no accessibility violations', async ({ page }) => {
  await openTasks(page, ['To delete', 'To do'])
  await deleteButton(page, 'To delete').click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectTitles(page, ['To do'])
  await expectNoViolations(page)
})

test('an open editor has no accessibility violations', async ({ page }) => {
  await openTasks(page, ['One', 'Two'])
  await editLink(page, 'One').click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expectNoViolations(page)
})

test('an editor with errors has no accessibility violations', async ({ page }) => {
  await openTasks(page, ['One', 'Two'])
  await editLink(page, 'One').click()
  await page.getByLabel('Title').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/Enter a title/)
  await expectNoViolations(page)
})
