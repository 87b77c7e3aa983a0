import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call } from '../support/api.ts'
import { createAccount, createTask, deleteTask, logIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import {
  addTask,
  checkbox,
  deleteButton,
  editLink,
  errorBox,
  expectTitles,
  openEditor,
  untilSaved,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const CHANGED = /This task was changed in another window/

test.beforeEach(({ context }) => stopLiveChanges(context))

/** Opens a task in its editor. @returns also `changeElsewhere`, which changes it as another tab does */
async function openTask(page: Page, texts: { title: string; description?: string }) {
  const account = await createAccount()
  const id = await createTask(account, texts.title, texts.description)
  await logIn(page, account)
  await openEditor(page, texts.title)
  await expect(page.getByLabel('Title')).toBeFocused()
  const changeElsewhere = async (json: object) => {
    const answer = await call(`/api/me/tasks/${id}`, { method: 'PATCH', token: account.token, json })
    expect(answer.status, answer.text).toBe(200)
  }
  return { account, id, changeElsewhere }
}

async function savedTask({ token }: Account, id: string) {
  return (await call<{ data: object }>(`/api/me/tasks/${id}`, { token })).body.data
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

for (const javaScriptEnabled of [true, false]) {
  test.describe(`two tabs ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled })

    test('that change different fields of a task both keep their changes', async ({ page }) => {
      const account = await createAccount(['Water the ferns'])
      await logIn(page, account)
      const other = await page.context().newPage()
      await other.goto('/tasks')
      for (const tab of [page, other]) await openEditor(tab, 'Water the ferns')
      await page.getByLabel('Title').fill('Water all plants')
      await save(page)
      await expectTitles(page, ['Water all plants'])
      await other.getByLabel('Description').fill('Every\nMonday')
      await save(other)
      await expect(other.getByRole('listitem')).toContainText('Water all plantsEvery\nMonday')
      await page.reload()
      await expect(page.getByRole('listitem')).toContainText('Water all plantsEvery\nMonday')
    })

    test('that change one field see both values, and the next save keeps the typed one', async ({ page }) => {
      const { account, id, changeElsewhere } = await openTask(page, {
        title: 'Ferns',
        description: 'As ever',
      })
      await page.getByLabel('Title').fill('Mine')
      await changeElsewhere({ title: 'Theirs', description: 'Weekly', is_completed: true })
      await page.getByLabel('Title').press('Enter')
      await expect(errorBox(page)).toHaveText(CHANGED)
      await expect(errorBox(page)).toBeFocused()
      await expect(page.getByLabel('Title')).toHaveValue('Mine')
      await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/Also changed in another window/)
      await expect(page.getByText('Theirs', { exact: true })).toBeVisible()
      await expect(page.getByText(/^Saved in the meantime \(Today, \d\d:\d\d/)).toHaveCount(1)
      expect(await savedTask(account, id)).toMatchObject({ title: 'Theirs' })
      if (javaScriptEnabled) await expectNoViolations(page)

      await page.getByLabel('Title').press('Enter')
      await expectTitles(page, ['Mine'])
      await page.reload()
      await expectTitles(page, ['Mine'])
      expect(await savedTask(account, id)).toMatchObject({ description: 'Weekly', is_completed: true })
    })

    test('that change both fields choose for each, and a third change is a new conflict', async ({
      page,
    }) => {
      const { account, id, changeElsewhere } = await openTask(page, {
        title: 'Ferns',
        description: 'As ever',
      })
      await page.getByLabel('Title').fill('My title')
      await page.getByLabel('Description').fill('My description')
      await changeElsewhere({ title: 'Their title', description: null })
      await save(page)
      await expect(errorBox(page)).toHaveText(CHANGED)
      await expect(page.getByText('Their title', { exact: true })).toBeVisible()
      await expect(page.getByText('No description')).toBeVisible()
      const [useTitle, useDescription] = await page.getByLabel('Use this instead').all()
      await expect(useTitle!).toHaveAccessibleDescription('Their title')
      await useTitle!.check()

      await changeElsewhere({ description: 'Their newest description' })
      await save(page)
      await expect(page.getByText('Their newest description')).toBeVisible()
      await expect(errorBox(page)).toBeFocused()
      await expect(useTitle!).toBeChecked()
      await expect(useDescription!).not.toBeChecked()
      await expect(page.getByLabel('Title')).toHaveValue('My title')
      await save(page)
      await expect(editLink(page, 'Their title')).toBeVisible()
      expect(await savedTask(account, id)).toMatchObject({
        title: 'Their title',
        description: 'My description',
      })
    })

    test('of which one deletes the task: the other keeps its text and can restore the task', async ({
      page,
    }) => {
      const { account, id } = await openTask(page, { title: 'Ferns' })
      await createTask(account, 'Stays')
      await page.getByLabel('Title').fill('Water the ferns')
      await page.getByLabel('Description').fill('A long text')
      await deleteTask(account, id)
      await save(page)
      await expect(errorBox(page)).toHaveText(/This task is gone/)
      await expect(errorBox(page)).toBeFocused()
      await expect(page.getByLabel('Title')).toHaveValue('Water the ferns')
      await expect(page.getByLabel('Description')).toHaveValue('A long text')
      await page.getByRole('button', { name: 'Restore and save' }).click()
      await expectTitles(page, ['Stays', 'Water the ferns'])
      expect(await savedTask(account, id)).toMatchObject({
        title: 'Water the ferns',
        description: 'A long text',
      })
    })

    test('of which one is outdated: its tick and deletion are applied', async ({ page }) => {
      const account = await createAccount()
      const ids = [await createTask(account, 'To tick'), await createTask(account, 'To delete')]
      await logIn(page, account)
      for (const id of ids) {
        const json = { description: 'Changed elsewhere', is_completed: true }
        await call(`/api/me/tasks/${id}`, { method: 'PATCH', token: account.token, json })
      }
      await checkbox(page, 'To tick').click()
      await expect(checkbox(page, 'To tick')).toBeChecked()
      await deleteButton(page, 'To delete').click()
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
      await expectTitles(page, ['To tick'])
      await expect(errorBox(page)).toHaveCount(0)
    })

    test('with the longest texts can conflict and be saved', async ({ page }) => {
      const longest = (mark: string) => ({ title: mark.repeat(500), description: mark.repeat(5000) })
      const { account, id, changeElsewhere } = await openTask(page, longest('🌱'))
      const mine = longest('🌿')
      await page.getByLabel('Title').fill(mine.title)
      await page.getByLabel('Description').fill(mine.description)
      await changeElsewhere(longest('🌳'))
      await save(page)
      await expect(errorBox(page)).toHaveText(CHANGED)
      await changeElsewhere(longest('🌵'))
      await save(page)
      await expect(page.getByText('🌵'.repeat(5000))).toBeVisible()
      await untilSaved(page, () => save(page))
      await expectTitles(page, [mine.title])
      expect(await savedTask(account, id)).toMatchObject(mine)
    })
  })
}

test('an open editor keeps its text and its base version when the list around it changes', async ({
  page,
}) => {
  const { account, id, changeElsewhere } = await openTask(page, { title: 'Ferns', description: 'As ever' })
  await page.getByLabel('Description').fill('Mine')
  await changeElsewhere({ title: 'Renamed', description: 'Theirs' })
  await addTask(page, 'Another task')
  await expect(checkbox(page, 'Another task')).toBeEnabled()
  await expect(page.getByLabel('Description')).toHaveValue('Mine')
  await save(page)
  await expect(errorBox(page)).toHaveText(CHANGED)
  await expect(page.getByText('Theirs')).toBeVisible()

  await deleteTask(account, id)
  await addTask(page, 'A third task')
  await expect(checkbox(page, 'A third task')).toBeEnabled()
  await expect(page.getByLabel('Description')).toHaveValue('Mine')
  await save(page)
  await expect(errorBox(page)).toHaveText(/This task is gone/)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expectTitles(page, ['A third task', 'Another task'])
})

test('two browsers that edit a task while they are offline keep both texts', async ({
  page,
  context,
  openBrowser,
  expectProblems,
}) => {
  expectProblems(/net::ERR_INTERNET_DISCONNECTED/)
  const { account, id } = await openTask(page, { title: 'Ferns', description: 'As ever' })
  const otherContext = await openBrowser()
  await stopLiveChanges(otherContext)
  const other = await otherContext.newPage()
  await logIn(other, account)
  await openEditor(other, 'Ferns')
  for (const [browser, tab, text] of [
    [context, page, 'Mine'],
    [otherContext, other, 'Theirs'],
  ] as const) {
    await browser.setOffline(true)
    await tab.getByLabel('Description').fill(text)
    await save(tab)
    await expect(errorBox(tab)).toContainText('You’re offline, so nothing was sent.')
    await expect(tab.getByLabel('Description')).toHaveValue(text)
  }
  for (const browser of [otherContext, context]) await browser.setOffline(false)
  await save(other)
  await expect(other.getByRole('listitem')).toContainText('Theirs')
  await save(page)
  await expect(errorBox(page)).toHaveText(CHANGED)
  await expect(page.getByLabel('Description')).toHaveValue('Mine')
  await expect(page.getByText('Theirs', { exact: true })).toBeVisible()
  expect(await savedTask(account, id)).toMatchObject({ description: 'Theirs' })
})

test('Esc closes an editor without changes only, and Ctrl+Enter saves', async ({ page }) => {
  await openTask(page, { title: 'Ferns' })
  await page.getByLabel('Title').press('Escape')
  await expect(page.getByLabel('Title')).toHaveCount(0)
  await openEditor(page, 'Ferns')
  await page.getByLabel('Description').fill('Every Monday')
  await page.getByLabel('Description').press('Escape')
  await expect(page.getByLabel('Description')).toHaveValue('Every Monday')
  await page.getByLabel('Description').press('Control+Enter')
  await expect(page.getByRole('listitem')).toContainText('FernsEvery Monday')
})
