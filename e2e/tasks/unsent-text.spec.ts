import type { Page } from '@playwright/test'
import { call, signUp } from '../support/api.ts'
import { createTask, deleteTask, logIn, openTasks } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import {
  editLink,
  errorBox,
  expectTitles,
  followAccountLink,
  openEditor,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { logOut } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

const KEPT = 'What you typed is still here, but not saved yet.'

/** Waits, because the page loads the code that stores text after itself. */
async function expectStoredTexts(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(count)
}

function notice(page: Page) {
  return page.getByRole('main').getByRole('status').filter({ hasText: KEPT })
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

test('what was typed in the list is there again after another page and after a reload, until it is saved', async ({
  page,
}) => {
  await openTasks(page, ['Ferns'])
  await page.getByLabel('New task').fill('Buy moss')
  await openEditor(page, 'Ferns')
  await page.getByLabel('Description').fill('Half a thought\n“ä 木”')
  await followAccountLink(page, 'Devices')
  await expect(page).toHaveURL('/settings/sessions')
  await expect(notice(page)).toHaveCount(0)
  for (const comeBack of [() => page.goBack(), () => page.reload()]) {
    await comeBack()
    await expect(notice(page)).toBeVisible()
    await expect(page.getByLabel('Description')).toHaveValue('Half a thought\n“ä 木”')
    await expect(page.getByLabel('New task')).toHaveValue('Buy moss')
  }
  await waitForHydration(page)
  await untilSaved(page, () => save(page))
  await expect(page.getByLabel('Description')).toHaveCount(0)
  await expect(page.getByRole('listitem')).toContainText('Half a thought')
  await openEditor(page, 'Ferns')
  await page.getByLabel('Title').fill('Cancelled')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await openEditor(page, 'Ferns')
  await expect(page.getByLabel('Title')).toHaveValue('Ferns')
  await untilSaved(page, () => page.getByRole('button', { name: 'Add task' }).click())
  await expectTitles(page, ['Buy moss', ''])
  await expectStoredTexts(page, 0)
})

test('what was typed on the page of a task is there again, and a change elsewhere is a conflict', async ({
  page,
  context,
}) => {
  await stopLiveChanges(context)
  const account = await signUp()
  const id = await createTask(account, 'Ferns', 'As ever')
  await logIn(page, account)
  await editLink(page, 'Ferns').click()
  await page.getByLabel('Description').fill('Mine')
  await page.getByLabel('Priority').selectOption('High')
  await page.getByRole('link', { name: 'Inbox' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  const json = { description: 'Theirs' }
  await call(`/api/me/tasks/${id}`, { method: 'PATCH', token: account.token, json })
  await page.goBack()
  await expect(page.getByLabel('Description')).toHaveValue('Mine')
  await expect(page.getByLabel('Priority')).toHaveValue('1')
  await save(page)
  await expect(errorBox(page)).toHaveText(/This task was changed in another window/)
  await expect(page.getByLabel('Description')).toHaveValue('Mine')
  await expect(page.getByRole('main')).toContainText('Theirs')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(editLink(page, 'Ferns')).toBeVisible()
  await expectStoredTexts(page, 0)
})

test('what was typed into a list that is deleted elsewhere is on the page that takes its place, to be copied', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/status of 404/)
  await stopLiveChanges(context)
  const { token } = await openTasks(page)
  const list = await call<{ data: { id: string } }>('/api/me/lists', { token, json: { name: 'Home' } })
  await page.goto(`/tasks?list=${list.body.data.id}`)
  await page.getByLabel('New task').fill('Buy moss')
  await expectStoredTexts(page, 1)
  await call(`/api/me/lists/${list.body.data.id}`, { method: 'DELETE', token })
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  await expect(notice(page)).toBeVisible()
  await expect(page.getByLabel('What you typed')).toHaveValue('Buy moss')
})

test('what was typed on the page of a task that is deleted elsewhere is there again, and can be restored', async ({
  page,
  context,
}) => {
  await stopLiveChanges(context)
  const account = await signUp()
  const id = await createTask(account, 'Ferns')
  await logIn(page, account, { path: `/tasks/${id}` })
  await page.getByLabel('Description').fill('Half a thought')
  await expectStoredTexts(page, 1)
  await deleteTask(account, id)
  await page.reload()
  await expect(page.getByText('This task is deleted.')).toBeVisible()
  await expect(notice(page)).toBeVisible()
  await expect(page.getByLabel('Description')).toHaveValue('Half a thought')
})

test('what was typed is gone after the log-out', async ({ page }) => {
  const account = await openTasks(page)
  await page.getByLabel('New task').fill('A secret')
  await expectStoredTexts(page, 1)
  await logOut(page)
  await waitForHydration(page)
  await expectStoredTexts(page, 0)
  await logIn(page, account)
  await expect(page.getByLabel('New task')).toHaveValue('')
})

test('links, shortcuts and forms without a network leave the page and its text as they are', async ({
  page,
  context,
  expectProblems,
}) => {
  // Of scripts and the stream.
  expectProblems(/net::ERR_INTERNET_DISCONNECTED/)
  await openTasks(page)
  await page.getByLabel('New task').fill('Typed on a train')
  const ways: (() => Promise<void>)[] = [
    () => page.getByRole('link', { name: 'Inbox' }).click(),
    () => page.getByRole('searchbox').press('Enter'),
    () => page.getByRole('button', { name: 'Log out' }).click(),
    async () => {
      await page.getByRole('button', { name: 'Log out' }).focus()
      await page.keyboard.type('gi')
    },
    async () => {
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('combobox').fill('upcoming')
      await page.keyboard.press('Enter')
    },
  ]
  const notice = page.getByText('You’re offline, so this page stays open.')
  // The palette's script is loaded when it is opened.
  await context.setOffline(true)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  await expect(page.getByLabel('New task')).toHaveValue('Typed on a train')
  await context.setOffline(false)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').press('Escape')
  for (const leave of ways) {
    await context.setOffline(true)
    await leave()
    await expect(notice).toBeVisible()
    await expect(page).toHaveURL('/tasks')
    await expect(page.getByLabel('New task')).toHaveValue('Typed on a train')
    await context.setOffline(false)
    await expect(notice).toHaveCount(0)
  }
  await page.getByRole('link', { name: 'Inbox' }).click()
  await expect(page).toHaveURL('/tasks?view=inbox')
})
