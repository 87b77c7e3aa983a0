import { openTasks } from '../support/journeys.ts'
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

const UNREACHABLE = 'We couldn’t reach the server. This may have been saved'
const OFFLINE = 'We couldn’t reach the server. You’re offline, so nothing was sent.'
const ABORTED = /Failed to load resource: net::ERR_FAILED/

test('changes are shown before the server has responded', async ({ page }) => {
  await openTasks(page, ['To delete', 'To tick'])
  await waitForHydration(page)
  const decide = await holdForms(page)
  await addTask(page, 'To add')
  await expectTitles(page, ['To add', 'To tick', 'To delete'])
  await expect(page.getByLabel('New task')).toHaveValue('')
  await checkbox(page, 'To tick').click()
  await expect(checkbox(page, 'To tick')).toBeChecked()
  await deleteButton(page, 'To delete').click()
  await expect(page.getByRole('listitem').filter({ hasText: 'To delete' })).toHaveCSS('opacity', '0')

  await decide('continue')
  await expectTitles(page, ['To add', 'To tick'])
  await page.reload()
  await expectTitles(page, ['To add', 'To tick'])
  await expect(checkbox(page, 'To tick')).toBeChecked()
})

test('a new task cannot be ticked, edited or deleted until it is saved', async ({ page }) => {
  await openTasks(page)
  await waitForHydration(page)
  const decide = await holdForms(page)
  await addTask(page, 'Water the ferns')
  await expectTitles(page, ['Water the ferns'])
  await expect(checkbox(page, 'Water the ferns')).toBeDisabled()
  await expect(deleteButton(page, 'Water the ferns')).toHaveCount(0)
  await expect(editLink(page, 'Water the ferns')).toHaveCount(0)
  await page.getByLabel('New task').press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('list', { name: 'Tasks' }).locator(':focus')).toHaveCount(0)

  await decide('continue')
  await expect(checkbox(page, 'Water the ferns')).toBeEnabled()
  await untilSaved(page, () => checkbox(page, 'Water the ferns').click())
  await expect(errorBox(page)).toHaveCount(0)
  await page.reload()
  await expect(checkbox(page, 'Water the ferns')).toBeChecked()
})

test('tasks that are added in quick succession are all saved in order', async ({ page }) => {
  const titles = ['One', 'Two', 'Three', 'Four']
  await openTasks(page)
  await waitForHydration(page)
  let saved = 0
  page.on('response', (response) => {
    if (response.request().method() === 'POST') saved++
  })
  await page.getByLabel('New task').focus()
  for (const title of titles) await page.keyboard.type(`${title}\n`)
  await expectTitles(page, titles.toReversed())
  await expect.poll(() => saved).toBe(titles.length)
  await page.reload()
  await expectTitles(page, titles.toReversed())
})

test('a task that does not reach the server leaves the list and returns to its field', async ({
  page,
  expectProblems,
}) => {
  expectProblems(ABORTED)
  await openTasks(page, ['Saved before'])
  await waitForHydration(page)
  const decide = await holdForms(page)
  await addTask(page, 'Typed on a train')
  await expectTitles(page, ['Typed on a train', 'Saved before'])
  await decide('abort')
  await expectTitles(page, ['Saved before'])
  await expect(errorBox(page)).toContainText(UNREACHABLE)
  await expect(errorBox(page)).toBeFocused()
  await expect(page.getByLabel('New task')).toHaveValue('Typed on a train')
  await page.getByRole('button', { name: 'Add task' }).click()
  await expectTitles(page, ['Typed on a train', 'Saved before'])
  await expect(errorBox(page)).toHaveCount(0)
})

test('a tick, a deletion and an edit that do not reach the server are undone', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/Failed to load resource: net::ERR_INTERNET_DISCONNECTED/)
  await openTasks(page, ['Bread'])
  await waitForHydration(page)
  await context.setOffline(true)
  await checkbox(page, 'Bread').click()
  const row = page.getByRole('listitem').filter({ hasText: 'Bread' })
  await expect(row.getByRole('alert')).toHaveText(`${OFFLINE} Try again once you’re online.`)
  await expect(checkbox(page, 'Bread')).not.toBeChecked()
  await expect(checkbox(page, 'Bread')).toBeFocused()
  await deleteButton(page, 'Bread').click()
  await expect(errorBox(page).first()).toHaveText(`${OFFLINE} Try again once you’re online.`)
  await expect(errorBox(page).first()).toBeFocused()
  await expect(checkbox(page, 'Bread')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
  await openEditor(page, 'Bread')
  await page.getByLabel('Title').fill('Rye bread')
  await page.getByLabel('Title').press('Enter')
  await expect(errorBox(page).filter({ hasText: OFFLINE }).last()).toBeFocused()
  await expect(page.getByLabel('Title')).toHaveValue('Rye bread')
  await context.setOffline(false)
  await page.getByLabel('Title').press('Enter')
  await expectTitles(page, ['Rye bread'])
})

test('ticks that are made during a request are shown immediately, and saved by the next one', async ({
  page,
}) => {
  const titles = ['One', 'Two', 'Three', 'Four', 'Five', 'Six']
  await openTasks(page, titles)
  await waitForHydration(page)
  const decide = await holdForms(page)
  let requests = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') requests++
  })
  for (const title of titles) await checkbox(page, title).click()
  for (const title of titles) await expect(checkbox(page, title)).toBeChecked()
  expect(requests).toBe(1)
  await decide('continue')
  await expect(page.getByRole('status').filter({ hasText: '5 tasks' })).toBeVisible()
  expect(requests).toBe(2)
  await page.reload()
  for (const title of titles) await expect(checkbox(page, title)).toBeChecked()
})
