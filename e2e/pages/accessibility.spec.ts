import { expectNoViolations } from '../support/accessibility.ts'
import { createAccount, createTask, logIn, openTasks } from '../support/journeys.ts'
import { checkbox, deleteButton, expectTitles, openEditor, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

for (const path of ['/', '/reset-password', '/help', '/privacy']) {
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
  test(`${path} with and without errors has no accessibility violations`, async ({ page }) => {
    await page.goto(path)
    await waitForHydration(page)
    await expectNoViolations(page)
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

test('the tasks have no accessibility violations: none, some, a deleted one, an editor with and without errors', async ({
  page,
}) => {
  const account = await openTasks(page)
  await expectNoViolations(page)

  for (const title of ['To delete', 'To do', 'Done']) await createTask(account, title)
  await page.reload()
  await waitForHydration(page)
  await checkbox(page, 'Done').click()
  await expect(checkbox(page, 'Done')).toBeChecked()
  await expectNoViolations(page)

  await deleteButton(page, 'To delete').click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectTitles(page, ['Done', 'To do'])
  await expectNoViolations(page)

  await openEditor(page, 'To do')
  await expect(page.getByLabel('Title')).toBeFocused()
  await expectNoViolations(page)
  await page.getByLabel('Title').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/Enter a title/)
  await expectNoViolations(page)
})
