import type { Locator, Page } from '@playwright/test'
import { createAccount, openTasks } from '../support/journeys.ts'
import { checkbox, deleteButton, editLink, expectTitles, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

/** Expects the element to have the focus and a visible ring. */
async function expectStop(stop: Locator): Promise<void> {
  await expect(stop).toBeFocused()
  const ring = await stop.evaluate((element) => {
    // The label of a theme radio button draws the ring.
    const drawn =
      element instanceof HTMLInputElement && element.type === 'radio' ? element.parentElement! : element
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn)
    return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
  })
  expect(ring, String(stop)).toBeGreaterThanOrEqual(2)
}

async function tabThrough(page: Page, stops: Locator[]): Promise<void> {
  for (const stop of stops) {
    await page.keyboard.press('Tab')
    await expectStop(stop)
  }
}

test('a user logs in by keyboard, with a visible ring at each stop', async ({ page }) => {
  const account = await createAccount()
  await page.goto('/login')
  await waitForHydration(page)
  await tabThrough(page, [
    page.getByRole('link', { name: 'Skip to content' }),
    page.getByRole('link', { name: 'Taskward' }),
    page.getByLabel('Email'),
    page.getByLabel('Password'),
    page.getByRole('button', { name: 'Show' }),
    page.getByRole('checkbox', { name: 'Keep me logged in' }),
    page.getByRole('button', { name: 'Log in' }),
    page.getByRole('link', { name: 'Forgot your password?' }),
    page.getByRole('link', { name: 'Create account' }),
    page.getByRole('link', { name: 'Help' }),
    page.getByRole('link', { name: 'Privacy' }),
    page.getByRole('radio', { name: 'System' }),
  ])
  await page.keyboard.press('ArrowRight')
  await expectStop(page.getByRole('radio', { name: 'Light' }))
  await page.getByLabel('Email').focus()
  await page.keyboard.type(account.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(`${account.password}\n`)
  await expect(page).toHaveURL('/tasks')
})

test('the first stop of a page skips its header', async ({ page }) => {
  await openTasks(page, ['Only'])
  await page.reload()
  await waitForHydration(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await tabThrough(page, [
    page.getByRole('link', { name: 'Select' }),
    page.getByRole('main').getByText('Sort'),
    page.getByLabel('New task'),
    page.getByRole('button', { name: 'Add task' }),
  ])
})

test('a user adds, completes, edits, deletes and restores tasks by keyboard without losing the focus', async ({
  page,
}) => {
  await openTasks(page, ['Bread'])
  await page.reload()
  await waitForHydration(page)
  await page.getByLabel('New task').focus()
  await page.keyboard.type('Milk\n')
  await expectTitles(page, ['Milk', 'Bread'])
  await expect(checkbox(page, 'Milk')).toBeEnabled()
  await expectStop(page.getByLabel('New task'))
  await tabThrough(page, [page.getByRole('button', { name: 'Add task' }), checkbox(page, 'Milk')])
  await page.keyboard.press('Space')
  await expect(checkbox(page, 'Milk')).toBeChecked()
  await expectStop(checkbox(page, 'Milk'))
  for (const control of [editLink(page, 'Milk'), deleteButton(page, 'Milk')]) {
    await page.keyboard.press('ArrowRight')
    await expectStop(control)
  }
  await tabThrough(page, [checkbox(page, 'Bread')])

  await page.keyboard.press('e')
  await expectStop(page.getByLabel('Title'))
  await tabThrough(page, [
    page.getByLabel('Description'),
    page.getByRole('button', { name: 'Save' }),
    page.getByRole('button', { name: 'Cancel' }),
  ])
  await page.keyboard.press('Enter')
  await expectStop(editLink(page, 'Bread'))

  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tasks\/[\da-f-]{36}$/)
  await expectStop(page.getByLabel('Title'))
  await page.keyboard.press('End')
  await page.keyboard.type(' and butter\n')
  await expectStop(checkbox(page, 'Bread and butter'))

  for (const control of [editLink(page, 'Bread and butter'), deleteButton(page, 'Bread and butter')]) {
    await page.keyboard.press('ArrowRight')
    await expectStop(control)
  }
  await page.keyboard.press('Enter')
  await expectTitles(page, ['Milk'])
  await expectStop(checkbox(page, 'Milk'))
  await page.getByRole('button', { name: 'Undo' }).focus()
  await expectStop(page.getByRole('button', { name: 'Undo' }))
  await page.keyboard.press('Enter')
  await expectTitles(page, ['Bread and butter', 'Milk'])
  await expectStop(checkbox(page, 'Bread and butter'))
})
