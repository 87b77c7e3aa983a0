import type { Page } from '@playwright/test'
import { SHORTCUTS } from '#components/keyboard/shortcuts.ts'
import { expectNoViolations } from '../support/accessibility.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, expectTitles, untilSaved, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const TITLES = ['Bread', 'Milk', 'Rice']

async function openInbox(page: Page): Promise<void> {
  await logIn(page, await createAccount(TITLES), { path: '/tasks?view=inbox' })
  await expectTitles(page, ['Rice', 'Milk', 'Bread'])
}

test('keys move through the tasks, complete, move, delete and undo', async ({ page }) => {
  await openInbox(page)
  const { keyboard } = page
  await keyboard.press('j')
  await expect(checkbox(page, 'Rice')).toBeFocused()
  await keyboard.press('j')
  await expect(checkbox(page, 'Milk')).toBeFocused()
  await keyboard.press('k')
  await expect(checkbox(page, 'Rice')).toBeFocused()

  await untilSaved(page, () => keyboard.press('Alt+ArrowDown'))
  await expectTitles(page, ['Milk', 'Rice', 'Bread'])
  await checkbox(page, 'Rice').focus()
  await untilSaved(page, () => keyboard.press('Delete'))
  await expectTitles(page, ['Milk', 'Bread'])
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await untilSaved(page, () => keyboard.press('z'))
  await expectTitles(page, ['Milk', 'Rice', 'Bread'])

  await checkbox(page, 'Bread').focus()
  await untilSaved(page, () => keyboard.press('Space'))
  await expect(checkbox(page, 'Bread')).toBeChecked()
  await checkbox(page, 'Milk').focus()
  await keyboard.press('x')
  await expect(page.getByRole('checkbox', { name: 'Milk' })).toBeChecked()
})

test('a second undo in a row keeps the page, and links to the earlier changes', async ({ page }) => {
  await openInbox(page)
  const { keyboard } = page
  for (const title of ['Milk', 'Bread']) {
    await checkbox(page, title).focus()
    await untilSaved(page, () => keyboard.press('Space'))
  }
  await expect(page.getByRole('status')).toHaveText('Completed “Bread”.')
  await untilSaved(page, () => keyboard.press('z'))
  await expect(page.getByRole('button', { name: 'Redo' })).toBeVisible()
  await keyboard.press('z')
  const dialog = page.getByRole('dialog', { name: 'Earlier changes' })
  await expect(dialog.getByRole('link', { name: 'history' })).toBeFocused()
  await expect(page).toHaveURL('/tasks?view=inbox')
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(checkbox(page, 'Bread')).toBeFocused()
})

test('keys go to views and fields, and a field takes the same keys as text', async ({ page }) => {
  await openInbox(page)
  const { keyboard } = page
  await keyboard.press('n')
  await expect(page.getByLabel('New task')).toBeFocused()
  await keyboard.type('jz?')
  await expect(page.getByLabel('New task')).toHaveValue('jz?')
  await checkbox(page, 'Rice').focus()
  await keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await checkbox(page, 'Rice').focus()
  for (const [key, field] of [
    ['d', 'Due'],
    ['p', 'Priority'],
    ['m', 'List'],
    ['l', 'Labels'],
  ] as const) {
    await keyboard.press(key)
    await expect(page).toHaveURL(/\/tasks\/[\da-f-]{36}\?from=%2Ftasks%3Fview%3Dinbox$/)
    await expect(page.getByLabel(field, { exact: true })).toBeFocused()
    await page.goBack()
    await expect(checkbox(page, 'Rice')).toBeFocused()
  }
  await checkbox(page, 'Rice').focus()
  await keyboard.press('g')
  await keyboard.press('t')
  await expect(page).toHaveURL('/tasks?view=today')
})

test('the search key selects the search before, also in the menu of a narrow window', async ({ page }) => {
  await logIn(page, await createAccount(TITLES), { path: '/tasks?q=one' })
  await waitForHydration(page)
  const { keyboard } = page
  const search = page.getByRole('searchbox')
  await keyboard.press('/')
  // The script of the first shortcut may be on its way.
  await expect(search).toBeFocused()
  await keyboard.type('two')
  await expect(search).toHaveValue('two')

  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/tasks/history')
  await waitForHydration(page)
  await keyboard.press('/')
  await expect(search).toBeFocused()
})

test('what is typed before the field of a shortcut comes runs no other shortcut', async ({ page }) => {
  await logIn(page, await createAccount(TITLES), { path: '/tasks/history' })
  await waitForHydration(page)
  // In one turn of the browser, so that no navigation ends in between.
  await page.evaluate(() => {
    for (const key of ['n', 'g', 'd'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  })
  await expect(page.getByRole('main').getByRole('textbox').first()).toBeFocused()
  await expect(page).toHaveURL('/tasks')
})

test('a second Enter or another key presses nothing while the page of a task is on its way', async ({
  page,
}) => {
  await openInbox(page)
  const { keyboard } = page
  await page.route(/[?&]_rsc=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    await route.continue()
  })
  await checkbox(page, 'Milk').focus()
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.press('Delete')
  await expect(page.getByLabel('Title')).toBeFocused()
  await page.goBack()
  await expectTitles(page, ['Rice', 'Milk', 'Bread'])
  await expect(checkbox(page, 'Milk')).not.toBeChecked()
})

test('each task is one stop of the Tab key, and arrows reach its other controls', async ({ page }) => {
  await openInbox(page)
  await checkbox(page, 'Rice').focus()
  await page.keyboard.press('Tab')
  await expect(checkbox(page, 'Milk')).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(checkbox(page, 'Rice')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('link', { name: 'Edit Rice' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(checkbox(page, 'Rice')).toBeFocused()
})

test('the dialog of "?" lists every shortcut', async ({ page }) => {
  await openInbox(page)
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(dialog).toBeVisible()
  for (const { label } of SHORTCUTS)
    await expect(dialog.getByRole('term').getByText(label, { exact: true })).toBeVisible()
  await expectNoViolations(page)
  const address = page.url()
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(page.url()).toBe(address)
})

test('the palette finds pages and actions, and searches for any other text', async ({ page }) => {
  await openInbox(page)
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find a page or an action' })
  await field.fill('go to')
  const options = page.getByRole('option')
  await expect(options.filter({ hasText: 'Go to Inbox' })).toHaveCount(1)
  await expect(options.filter({ hasText: /Go to (\d|Newest)/ })).toHaveCount(0)
  await field.fill('devi')
  await expectNoViolations(page)
  // An input method takes this Enter.
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  await expect(field).toBeFocused()
  await field.press('Enter')
  await expect(page).toHaveURL('/settings/sessions')
  await waitForHydration(page)
  await page.keyboard.press('Control+k')
  await field.fill('Mil')
  await field.press('ArrowUp')
  await field.press('Enter')
  await expect(page).toHaveURL('/tasks?q=Mil')
  await expectTitles(page, ['Milk'])
  await page.keyboard.press('Control+k')
  await field.fill('dark')
  await field.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Control+k')
  await field.fill('log out')
  await field.press('Enter')
  await expect(page.getByRole('status')).toContainText('You’re logged out.')
})

test('a command of the palette acts from the task that had the focus', async ({ page }) => {
  await openInbox(page)
  await checkbox(page, 'Milk').focus()
  const field = page.getByRole('combobox', { name: 'Find a page or an action' })
  await page.keyboard.press('Control+k')
  await field.fill('next task')
  await field.press('Enter')
  await expect(checkbox(page, 'Bread')).toBeFocused()
  await page.keyboard.press('Control+k')
  await field.fill('show all')
  await field.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(checkbox(page, 'Bread')).toBeFocused()

  await page.goto('/settings/sessions')
  await waitForHydration(page)
  await page.keyboard.press('Control+k')
  await field.fill('task')
  await expect(page.getByRole('option', { name: 'New task' })).toBeVisible()
  await expect(page.getByRole('option', { name: 'Next task' })).toHaveCount(0)
})

test('the help page switches shortcuts off in this browser', async ({ page }) => {
  await openInbox(page)
  await page.goto('/help')
  await page.getByLabel('Use keyboard shortcuts in this browser').uncheck()
  await page.goto('/tasks?view=inbox')
  await waitForHydration(page)
  await page.keyboard.press('j')
  await expect(checkbox(page, 'Rice')).not.toBeFocused()
  await page.goto('/help')
  await page.getByLabel('Use keyboard shortcuts in this browser').check()
  await page.goto('/tasks?view=inbox')
  await waitForHydration(page)
  await page.keyboard.press('j')
  await expect(checkbox(page, 'Rice')).toBeFocused()
})
