import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { call } from '../support/api.ts'
import { createAccount, createTask, logIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import {
  addTask,
  checkbox,
  deleteButton,
  editLink,
  expectTitles,
  holdForms,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const bar = (page: Page) => page.getByRole('status')
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true })
const redo = (page: Page) => page.getByRole('button', { name: 'Redo', exact: true })
const batches = (page: Page) => page.getByRole('list', { name: 'History' }).getByRole('listitem')

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('every change can be undone and redone from the foot of the window, also after a reload', async ({
      page,
    }) => {
      await logIn(page, await createAccount(['Bread']))
      await untilSaved(page, () => addTask(page, 'Milk'))
      await expect(bar(page)).toHaveText('Added “Milk”.')
      await expectTitles(page, ['Milk', 'Bread'])
      await page.reload()
      await undo(page).click()
      await expect(bar(page)).toHaveText('Deleted “Milk”.')
      await expectTitles(page, ['Bread'])
      await redo(page).click()
      await expect(bar(page)).toHaveText('Brought back “Milk”.')
      await expect(undo(page)).toBeVisible()
      await expectTitles(page, ['Milk', 'Bread'])

      await editLink(page, 'Bread').click()
      await page.getByLabel('Title').fill('Rye bread')
      await page.getByLabel('Title').press('Enter')
      await expect(bar(page)).toHaveText('Renamed “Bread” to “Rye bread”.')
      await undo(page).click()
      await expectTitles(page, ['Milk', 'Bread'])

      await checkbox(page, 'Bread').click()
      await expect(bar(page)).toHaveText('Completed “Bread”.')
      await undo(page).click()
      await expect(checkbox(page, 'Bread')).not.toBeChecked()
      await expect(bar(page)).toHaveText('Reopened “Bread”.')
      await expect(redo(page)).toBeVisible()
    })

    test('after a deletion the next task has the focus, and after its undo the task', async ({ page }) => {
      await logIn(page, await createAccount(['Three', 'Two', 'One']))
      await deleteButton(page, 'Two').click()
      await expectTitles(page, ['One', 'Three'])
      await expect(checkbox(page, 'Three')).toBeFocused()
      await deleteButton(page, 'Three').click()
      await expectTitles(page, ['One'])
      await expect(checkbox(page, 'One')).toBeFocused()
      await expect(bar(page)).toHaveText('Deleted “Three”.')
      await undo(page).click()
      await expectTitles(page, ['One', 'Three'])
      await expect(checkbox(page, 'Three')).toBeFocused()
    })

    test('the history undoes each change, and reports what was changed later', async ({ page }) => {
      const account = await createAccount(['Bread'])
      const id = await createTask(account, 'Milk')
      const patch = (json: object) =>
        call(`/api/me/tasks/${id}`, { method: 'PATCH', token: account.token, json })
      await patch({ title: 'Oat milk', priority: 1 })
      await patch({ title: 'Soy milk' })
      await logIn(page, account, { path: '/tasks/history' })
      await expect(batches(page)).toContainText([
        'Renamed “Oat milk” to “Soy milk”.',
        'Changed the title and the priority of “Oat milk”.',
        'Added “Milk”.',
        'Added “Bread”.',
      ])
      await batches(page)
        .nth(1)
        .getByRole('button', { name: /^(Un|Re)do/ })
        .click()
      await expect(bar(page)).toHaveText(
        'Changed the priority of “Soy milk”. The title was changed later, so it stays.',
      )
      await expect(page).toHaveURL('/tasks/history')
      await expect(batches(page)).toHaveCount(5)
      await expect(batches(page).nth(2)).toContainText('Undone')
      const task = await call<{ data: object }>(`/api/me/tasks/${id}`, { token: account.token })
      expect(task.body.data).toMatchObject({ title: 'Soy milk', priority: 0 })

      await batches(page)
        .nth(3)
        .getByRole('button', { name: /^(Un|Re)do/ })
        .click()
      await expect(bar(page)).toHaveText('Nothing was undone. The title was changed later, so it stays.')
      await page.reload()
      await expect(batches(page)).toHaveCount(5)
    })
  })
}

test('an undo moves the focus on its own page alone', async ({ page }) => {
  await logIn(page, await createAccount(['Milk', 'Bread']))
  await checkbox(page, 'Milk').click()
  await expect(bar(page)).toHaveText('Completed “Milk”.')
  await untilSaved(page, () => undo(page).click())
  await expect(redo(page)).toBeVisible()
  await page.goto('/tasks?q=bread')
  await waitForHydration(page)
  const focus = page.locator(':focus')
  await expect(focus).toHaveCount(0)
  // The row of “Milk” is new in the next view.
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expectTitles(page, ['Bread', 'Milk'])
  await expect(focus).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(checkbox(page, 'Bread')).toBeFocused()

  await page.goto('/tasks/history')
  await waitForHydration(page)
  await batches(page).first().getByRole('button', { name: 'Redo' }).click()
  await expect(bar(page)).toHaveText('Completed “Milk”.')
  // The link is gone with its page.
  await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'All' }).click()
  await expectTitles(page, ['Bread', 'Milk'])
  await expect(bar(page)).toHaveText('Completed “Milk”.')
  await expect(focus).toHaveCount(0)
})

test('an "Undo" and a "Redo" that two pages send report the second time that it was done', async ({
  page,
  context,
}) => {
  await stopLiveChanges(context)
  await logIn(page, await createAccount(['Milk']))
  const other = await context.newPage()
  for (const [button, word, size] of [
    ['Undo', 'undone', 2],
    ['Redo', 'redone', 3],
  ] as const) {
    for (const one of [page, other]) {
      await one.goto('/tasks/history')
      await waitForHydration(one)
    }
    const first = (one: Page) => batches(one).first().getByRole('button', { name: button })
    await first(page).click()
    await expect(batches(page)).toHaveCount(size)
    await first(other).click()
    await expect(bar(other)).toHaveText(`This was ${word} already.`)
  }
})

test('the history of many changes has several pages, and undoes on each', async ({ page }) => {
  const account = await createAccount()
  for (let task = 1; task <= 27; task++) await createTask(account, `Task ${task}`)
  await logIn(page, account, { path: '/tasks/history' })
  await expect(batches(page)).toHaveCount(25)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(batches(page)).toContainText(['Added “Task 2”.', 'Added “Task 1”.'])
  const address = page.url()
  await batches(page)
    .last()
    .getByRole('button', { name: /^(Un|Re)do/ })
    .click()
  await expect(bar(page)).toHaveText('Deleted “Task 1”.')
  await expect(page).toHaveURL(address)
  await expect(batches(page).last()).toContainText('Undone')
  await page.getByRole('link', { name: 'Newest' }).click()
  await expect(batches(page).first()).toContainText('Deleted “Task 1”.')
})

test('a change that is being sent cannot undo the change before it', async ({ page, expectProblems }) => {
  // Of the change that is aborted.
  expectProblems(/net::ERR_FAILED/)
  await logIn(page, await createAccount(['Bread', 'Milk']))
  await checkbox(page, 'Bread').click()
  await expect(bar(page)).toHaveText('Completed “Bread”.')
  for (const outcome of ['abort', 'continue'] as const) {
    const release = await holdForms(page)
    await checkbox(page, 'Milk').click()
    await expect(undo(page)).toHaveCount(0)
    await page.keyboard.press('z')
    await release(outcome)
    const last = outcome === 'abort' ? 'Bread' : 'Milk'
    await expect(bar(page)).toHaveText(`Completed “${last}”.`)
    await expect(undo(page)).toBeVisible()
  }
  await expect(checkbox(page, 'Bread')).toBeChecked()
})

test('the bar moves nothing, is dismissed, and covers neither the last task nor the foot of the page', async ({
  page,
}) => {
  const titles = Array.from({ length: 30 }, (_, index) => `Task ${index + 1}`)
  await logIn(page, await createAccount(titles))
  const button = deleteButton(page, 'Task 10')
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0)
  const top = (await checkbox(page, 'Task 11').boundingBox())?.y
  await button.click()
  await expect(bar(page)).toHaveText('Deleted “Task 10”.')
  expect((await checkbox(page, 'Task 11').boundingBox())?.y).toBe(top)
  await expect(bar(page)).toBeInViewport()

  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  const footer = await page.getByRole('contentinfo').boundingBox()
  const barBox = await page.locator('.undo-bar').boundingBox()
  expect(footer!.y + footer!.height).toBeLessThanOrEqual(barBox!.y + 1)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(bar(page)).toHaveCount(0)
})

test('the history has no accessibility violations: none, some, and one undone', async ({ page }) => {
  const account = await createAccount()
  await logIn(page, account, { path: '/tasks/history' })
  await expect(page.getByText('Nothing to undo')).toBeVisible()
  await expectNoViolations(page)
  for (const title of ['Milk', 'לקנות חלב (2 ליטר)']) await createTask(account, title)
  await page.reload()
  await batches(page)
    .first()
    .getByRole('button', { name: /^(Un|Re)do/ })
    .click()
  await expect(bar(page)).toContainText('Deleted')
  await expectNoViolations(page)
})
