import type { Locator } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { call } from '../support/api.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, errorBox, expectTitles, untilSaved } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const TITLES = ['Bread', 'Milk', 'Rice']

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('several tasks are postponed, completed and moved together, and one undo takes it back', async ({
      page,
    }) => {
      const account = await createAccount(TITLES)
      await logIn(page, account, { path: '/tasks?view=inbox' })
      const select = async (...titles: string[]) => {
        await page.getByRole('link', { name: 'Select' }).click()
        // The checkboxes of the page before complete tasks.
        await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible()
        for (const title of titles) await page.getByRole('checkbox', { name: title }).check()
      }
      const apply = async (option: string) => {
        await page.getByLabel('Change').selectOption(option)
        await page.getByRole('button', { name: 'Apply' }).click()
        await expect(page.getByRole('button', { name: 'Apply' })).toHaveCount(0)
      }
      const dueDays = async () => {
        const { body } = await call<{ data: { due_on: string | null }[] }>('/api/me/tasks', account)
        return body.data.filter(({ due_on: day }) => day !== null).length
      }

      await select('Bread', 'Milk')
      await apply('Due tomorrow')
      await expect(page).toHaveURL('/tasks?view=inbox')
      expect(await dueDays()).toBe(2)
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect.poll(dueDays).toBe(0)

      await page.goto('/tasks?view=inbox')
      await expectTitles(page, ['Rice', 'Milk', 'Bread'])
      await select('Bread', 'Milk')
      await apply('Move to the top')
      await expectTitles(page, ['Milk', 'Bread', 'Rice'])

      await page.goto('/tasks?view=inbox')
      await select('Milk', 'Rice')
      await page.getByRole('button', { name: 'Complete' }).click()
      await expectTitles(page, ['Bread'])
    })

    test('all tasks of a page get a day and a label of the user’s choice', async ({ page }) => {
      const account = await createAccount(TITLES)
      await logIn(page, account, { path: '/tasks?view=inbox' })
      const selectAll = async (option: string) => {
        await page.getByRole('link', { name: 'Select' }).click()
        await page.getByRole('link', { name: 'Select all' }).click()
        await expect(page.getByRole('link', { name: 'Select none' })).toBeVisible()
        for (const title of TITLES) await expect(page.getByRole('checkbox', { name: title })).toBeChecked()
        await page.getByLabel('Change').selectOption(option)
      }
      const apply = () => page.getByRole('button', { name: 'Apply' }).click()
      const expectEach = async (fields: object) => {
        await expect(page).toHaveURL('/tasks?view=inbox')
        const { body } = await call<{ data: object[] }>('/api/me/tasks', account)
        expect(body.data).toMatchObject(TITLES.map(() => fields))
      }

      await page.goto('/tasks?view=inbox')
      await selectAll('Due on a day…')
      await apply()
      await expect(errorBox(page)).toContainText('Choose a day.')
      for (const title of TITLES) await expect(page.getByRole('checkbox', { name: title })).toBeChecked()
      await page.getByLabel('Day', { exact: true }).fill('2030-05-01')
      await apply()
      await expectEach({ due_on: '2030-05-01' })
      await selectAll('Add a label…')
      await page.getByLabel('Label', { exact: true }).fill('errand')
      await page.getByLabel('Label', { exact: true }).press('Enter')
      await expectEach({ labels: ['errand'] })
      await selectAll('Remove a label…')
      await page.getByLabel('Label', { exact: true }).fill('errand')
      await apply()
      await expectEach({ labels: [] })
    })

    test('a change without a selected task is refused, and the page stays', async ({ page }) => {
      await logIn(page, await createAccount(TITLES), { path: '/tasks?select=' })
      await page.getByLabel('Change').selectOption('No due day')
      await page.getByRole('button', { name: 'Apply' }).click()
      await expect(errorBox(page)).toContainText('Select one task or more.')
      await expect(page.getByLabel('Change')).toHaveValue('due.none')
    })
  })
}

test('tasks that are done are reopened together, and a page offers only what can change its tasks', async ({
  page,
}) => {
  const account = await createAccount(TITLES)
  const complete = page.getByRole('button', { name: 'Complete' })
  const reopen = page.getByRole('button', { name: 'Reopen' })
  const choose = async (button: Locator, ...titles: string[]) => {
    for (const title of titles) await page.getByRole('checkbox', { name: title }).check()
    await button.click()
    await expect(page.getByRole('button', { name: 'Apply' })).toHaveCount(0)
  }

  await logIn(page, account, { path: '/tasks?select=' })
  await expect(reopen).toHaveCount(0)
  await choose(complete, 'Bread', 'Milk')
  await page.goto('/tasks?view=done&select=')
  await expect(complete).toHaveCount(0)
  await choose(reopen, 'Milk')
  await page.goto('/tasks?select=')
  await expect(complete).toBeVisible()
  await choose(reopen, 'Bread')
  await page.goto('/tasks?view=done')
  await expect(page.getByText('Nothing done yet')).toBeVisible()
})

test('Enter changes nothing, Esc ends selecting, and the bar with "Undo" covers no button', async ({
  page,
}) => {
  await logIn(page, await createAccount(TITLES), { path: '/tasks?view=inbox' })
  await untilSaved(page, () => checkbox(page, 'Rice').click())
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.getByRole('link', { name: 'Select' }).click()
  // The checkboxes of the page before complete tasks.
  await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'Milk' }).check()
  await page.getByRole('checkbox', { name: 'Milk' }).press('Enter')
  for (const name of ['Apply', 'Complete', 'Delete']) {
    await page.getByRole('button', { name, exact: true }).click({ trial: true })
  }
  await page.getByRole('link', { name: 'Cancel' }).click({ trial: true })
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL('/tasks?view=inbox')
  await expectTitles(page, ['Milk', 'Bread'])
})

test('the focus goes to the first task, and to the list when selecting ends', async ({ page }) => {
  await logIn(page, await createAccount(TITLES), { path: '/tasks?view=inbox' })
  const apply = page.getByRole('button', { name: 'Apply' })
  const ways = [
    () => apply.press('Enter'),
    () => page.keyboard.press('Escape'),
    () => page.getByRole('link', { name: 'Cancel' }).press('Enter'),
  ]
  for (const leave of ways) {
    await page.getByRole('link', { name: 'Select' }).press('Enter')
    await expect(apply).toBeVisible()
    await expect(page.getByRole('checkbox', { name: 'Rice' })).toBeFocused()
    await page.keyboard.press('Space')
    await leave()
    await expect(apply).toHaveCount(0)
    await expect(page.getByRole('main')).toBeFocused()
  }
})

test('on each page of a long list, the tasks of this page alone are selected together', async ({ page }) => {
  await logIn(page, await createAccount(Array.from({ length: 51 }, (_, n) => `Task ${n + 1}`)))
  const checked = page.getByRole('checkbox', { checked: true })
  for (const count of [50, 1]) {
    await page.getByRole('link', { name: 'Select', exact: true }).click()
    await page.getByRole('link', { name: 'Select this page' }).click()
    await expect(checked).toHaveCount(count)
    await page.getByRole('link', { name: 'Select none' }).click()
    await expect(checked).toHaveCount(0)
    await page.getByRole('link', { name: 'Cancel' }).click()
    await expect(page.getByRole('link', { name: 'Cancel' })).toHaveCount(0)
    if (count === 1) continue
    await page.getByRole('link', { name: 'Older' }).click()
    await expect(page.getByRole('link', { name: 'Older' })).toHaveCount(0)
  }
})

test('selecting has no accessibility violations', async ({ page }) => {
  await logIn(page, await createAccount(TITLES), { path: '/tasks?view=inbox&select=' })
  await expectNoViolations(page)
})
