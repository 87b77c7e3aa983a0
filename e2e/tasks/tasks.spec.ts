import { createAccount, createTask, deleteTask, logIn, openTasks } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import {
  addTask,
  checkbox,
  deleteButton,
  editLink,
  errorBox,
  expectTitles,
  holdForms,
  openEditor,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const undo = { name: 'Undo' }

test('a task is added, completed, reopened, deleted and restored', async ({ page }) => {
  await openTasks(page)
  await untilSaved(page, () => addTask(page, 'Water the ferns'))
  await expectTitles(page, ['Water the ferns'])
  await expect(page.getByLabel('New task')).toHaveValue('')
  await page.getByLabel('New task').focus()
  await page.keyboard.type('  Call Ines  ')
  await untilSaved(page, () => page.keyboard.press('Enter'))
  await expectTitles(page, ['Call Ines', 'Water the ferns'])
  await page.reload()
  await expectTitles(page, ['Call Ines', 'Water the ferns'])

  await untilSaved(page, () => checkbox(page, 'Call Ines').click())
  await expect(checkbox(page, 'Call Ines')).toBeChecked()
  await page.reload()
  await expect(checkbox(page, 'Call Ines')).toBeChecked()
  await expect(checkbox(page, 'Water the ferns')).not.toBeChecked()
  await untilSaved(page, () => checkbox(page, 'Call Ines').click())
  await expect(checkbox(page, 'Call Ines')).not.toBeChecked()
  await page.reload()
  await expect(checkbox(page, 'Call Ines')).not.toBeChecked()

  await deleteButton(page, 'Call Ines').click()
  await expectTitles(page, ['Water the ferns'])
  await expect(page.getByRole('status')).toHaveText('Deleted “Call Ines”.')
  await page.getByRole('button', undo).click()
  await expectTitles(page, ['Call Ines', 'Water the ferns'])
  await expect(page.getByRole('button', undo)).toHaveCount(0)
  await page.reload()
  await expectTitles(page, ['Call Ines', 'Water the ferns'])

  await deleteButton(page, 'Call Ines').click()
  await expect(page.getByRole('button', undo)).toBeVisible()
  await page.reload()
  await expectTitles(page, ['Water the ferns'])
})

test('Enter in the title saves a task with its description, and Cancel discards the edit', async ({
  page,
}) => {
  await openTasks(page, ['Renew the pasport'])
  await openEditor(page, 'Renew the pasport')
  await expect(page.getByLabel('Title')).toBeFocused()
  await page.getByLabel('Description').fill('Two photos\nForty euros')
  await page.getByLabel('Title').fill('Renew the passport')
  await page.getByLabel('Title').press('Enter')
  await expect(editLink(page, 'Renew the passport')).toBeFocused()
  await expectTitles(page, ['Renew the passportTwo photos\nForty euros'])

  await openEditor(page, 'Renew the passport')
  await page.getByLabel('Title').fill('Something else')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(editLink(page, 'Renew the passport')).toBeFocused()

  await openEditor(page, 'Renew the passport')
  await expect(page.getByLabel('Title')).toHaveValue('Renew the passport')
  await expect(page.getByLabel('Description')).toHaveValue('Two photos\nForty euros')
  await page.getByLabel('Description').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(editLink(page, 'Renew the passport')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('listitem')).not.toContainText('Two photos')
})

test('a title that is empty or too long is refused, and the typed text stays', async ({ page }) => {
  await openTasks(page, ['Stays'])
  await waitForHydration(page)
  await addTask(page, '   ')
  await expect(page.getByLabel('New task')).toBeFocused()
  await expect(page).toHaveTitle(/^Tasks/)
  await addTask(page, 'x'.repeat(501))
  await expect(page).toHaveTitle(/^Error: Tasks/)
  await expect(page.getByLabel('New task')).toHaveAccessibleDescription(/at most 500 characters/)
  await expect(page.getByLabel('New task')).toHaveValue('x'.repeat(501))
  await expect(page.getByLabel('New task')).toBeFocused()
  await expect(errorBox(page)).toHaveCount(0)
  await addTask(page, 'Short')
  await expectTitles(page, ['Short', 'Stays'])
  await expect(page).toHaveTitle(/^Tasks/)

  await openEditor(page, 'Stays')
  await page.getByLabel('Description').fill('Of a task that loses its name')
  await page.getByLabel('Title').fill(' ')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription('Error: Enter a title.')
  await expect(page).toHaveTitle(/^Error: Tasks/)
  await expect(page.getByLabel('Description')).toHaveValue('Of a task that loses its name')
  await page.getByLabel('Title').fill('Stays')
  await page.getByLabel('Description').fill('x'.repeat(5001))
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Description')).toBeFocused()
  await expect(errorBox(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).toHaveTitle(/^Tasks/)
})

test('markup, emoji and right-to-left text in a title are shown as they were typed', async ({ page }) => {
  const titles = ['<img src=x onerror=alert(1)>', '👩‍👩‍👧 “quotes” & more', 'מטלה חדשה']
  await openTasks(page)
  for (const title of titles) {
    await untilSaved(page, () => addTask(page, title))
    await expect(checkbox(page, title)).toBeVisible()
  }
  await page.reload()
  for (const title of titles) await expect(checkbox(page, title)).toBeVisible()
})

test('sixty tasks are listed on two pages, and changes on the second page return to it', async ({ page }) => {
  const titles = Array.from(
    { length: 60 },
    (_, index) => `Task number ${String(60 - index).padStart(2, '0')}`,
  )
  await openTasks(page, titles.toReversed())
  await expectTitles(page, titles.slice(0, 50))
  await expect(page.getByRole('link', { name: 'Newest tasks' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Older tasks' }).click()
  await expectTitles(page, titles.slice(50))
  await expect(page.getByRole('link', { name: 'Older tasks' })).toHaveCount(0)
  const secondPage = page.url()

  await checkbox(page, 'Task number 05').click()
  await expect(checkbox(page, 'Task number 05')).toBeChecked()
  await untilSaved(page, () => deleteButton(page, 'Task number 04').click())
  await expect(page.getByRole('status')).toHaveText('Deleted “Task number 04”.')
  await expect(page).toHaveURL(secondPage)
  await page.reload()
  await expect(checkbox(page, 'Task number 05')).toBeChecked()
  await expect(checkbox(page, 'Task number 04')).toHaveCount(0)
  await page.getByRole('link', { name: 'Newest tasks' }).click()
  await expect(page).toHaveURL('/tasks')
  await expectTitles(page, [...titles.slice(0, 50), 'Task number 05'])
  await page.goBack()
  await expect(checkbox(page, 'Task number 05')).toBeChecked()
})

test('a task that is added on the second page is shown on the first', async ({ page }) => {
  const titles = Array.from({ length: 51 }, (_, index) => `Task number ${String(index + 1).padStart(2, '0')}`)
  await openTasks(page, titles)
  await page.getByRole('link', { name: 'Older tasks' }).click()
  await expectTitles(page, ['Task number 01'])
  await addTask(page, 'The newest')
  await expect(page).toHaveURL('/tasks')
  await expect(checkbox(page, 'The newest')).toBeVisible()
})

for (const change of ['ticked', 'deleted', 'edited'] as const) {
  test(`a task that was deleted elsewhere and is ${change} here is reported as gone`, async ({ page }) => {
    const account = await createAccount(['Stays'])
    const id = await createTask(account, 'Goes')
    await logIn(page, account)
    await waitForHydration(page)
    if (change === 'edited') await openEditor(page, 'Goes')
    await deleteTask(account, id)
    if (change === 'ticked') await checkbox(page, 'Goes').click()
    if (change === 'deleted') await deleteButton(page, 'Goes').click()
    if (change === 'edited') await page.getByLabel('Title').press('Enter')
    await expect(errorBox(page)).toHaveText(/This task is gone\. It was deleted in another window/)
    await expect(errorBox(page)).toBeFocused()
    if (change === 'edited') await page.getByRole('button', { name: 'Cancel' }).click()
    await addTask(page, 'Next')
    await expectTitles(page, ['Next', 'Stays'])
    await expect(errorBox(page)).toHaveCount(0)
  })
}

test('a failure is shown until the next view opens', async ({ page, context }) => {
  await stopLiveChanges(context)
  const account = await openTasks(page, ['Stays'])
  for (const change of [checkbox, deleteButton]) {
    const id = await createTask(account, 'Goes')
    await page.goto('/tasks')
    await waitForHydration(page)
    await deleteTask(account, id)
    await change(page, 'Goes').click()
    await expect(errorBox(page)).toHaveText(/This task is gone/)
    await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Inbox' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
    await expect(errorBox(page)).toHaveCount(0)
  }
})

test('a failure that comes after the next view was opened is shown there', async ({
  page,
  expectProblems,
}) => {
  // Of the deletion that is aborted.
  expectProblems(/net::ERR_FAILED/)
  await openTasks(page, ['Stays'])
  await waitForHydration(page)
  const release = await holdForms(page)
  await deleteButton(page, 'Stays').click()
  await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Inbox' }).click()
  await release('abort')
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await expect(errorBox(page)).toBeFocused()
  await expectTitles(page, ['Stays'])
})
