import type { Page } from '@playwright/test'
import { signUp } from '../support/api.ts'
import { createTask, logIn, openTasks } from '../support/journeys.ts'
import {
  addTask,
  checkbox,
  errorBox,
  expectTitles,
  openEditor,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const RELOADED = 'This page was reloaded. What you typed is still here, but not saved yet.'

/** Runs an action that another build answers, and waits until the router has reloaded the page. */
async function runOnOutdatedPage(page: Page, action: () => Promise<void>): Promise<void> {
  await page.route('**', async (route) => {
    const sent = route.request().headers()
    if (!sent['next-action'] && !sent.rsc) return route.fallback()
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'x-nextjs-deployment-id': 'another' } })
  })
  const loaded = page.waitForEvent('domcontentloaded')
  await action()
  await loaded
  await page.unroute('**')
  await waitForHydration(page)
}

function countStoredTexts(page: Page): Promise<number> {
  return page.evaluate(() => sessionStorage.length)
}

test('an outdated page that reloads after an action keeps the text typed in its other forms', async ({
  page,
}) => {
  const account = await openTasks(page, ['One', 'Two'])
  await waitForHydration(page)
  await openEditor(page, 'Two')
  await page.getByLabel('Title').fill('Second')
  await page.getByLabel('Description').fill('Half a thought\n“ä 木”')
  await page.getByLabel('New task').fill('Next idea')
  await createTask(account, 'From elsewhere')
  await runOnOutdatedPage(page, () => checkbox(page, 'One').click())

  await expect(errorBox(page)).toHaveText(RELOADED)
  await expect(checkbox(page, 'One')).toBeChecked()
  await expect(checkbox(page, 'From elsewhere')).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('Second')
  await expect(page.getByLabel('Description')).toHaveValue('Half a thought\n“ä 木”')
  await expect(page.getByLabel('New task')).toHaveValue('Next idea')
  expect(await countStoredTexts(page)).toBe(0)

  await untilSaved(page, () => page.getByRole('button', { name: 'Save' }).click())
  await untilSaved(page, () => page.getByRole('button', { name: 'Add task' }).click())
  await expectTitles(page, ['Next idea', 'From elsewhere', 'Second', 'One'])
  await page.reload()
  await expectTitles(page, ['Next idea', 'From elsewhere', 'Second', 'One'])
  await expect(errorBox(page)).toHaveCount(0)
})

test('an outdated page that reloads does not restore text that it has saved', async ({ page }) => {
  await openTasks(page, ['One'])
  await waitForHydration(page)
  await openEditor(page, 'One')
  await page.getByLabel('Description').fill('Saved')
  await runOnOutdatedPage(page, () => page.getByRole('button', { name: 'Save' }).click())
  await expectTitles(page, ['One'])
  await expect(page.getByText('Saved')).toBeVisible()
  await expect(page.getByLabel('Description')).toHaveCount(0)
  await expect(errorBox(page)).toHaveCount(0)

  await runOnOutdatedPage(page, () => addTask(page, 'Two'))
  await expectTitles(page, ['Two', 'One'])
  await expect(page.getByLabel('New task')).toHaveValue('')
})

test('typed text is restored only on its page, for its account, within a minute', async ({ page }) => {
  await openTasks(page)
  await waitForHydration(page)
  const kept = { form: 'add-task', message: RELOADED, values: { title: 'A secret' } }
  const keep = (userId: string, address: string, at: number) =>
    page.evaluate(
      (text) => sessionStorage.setItem('taskward.typed', text),
      JSON.stringify({ userId, address, at, forms: [kept] }),
    )
  const userId = await page.locator('input[name=account]').first().inputValue()
  for (const [owner, address, age] of [
    ['another', '/tasks', 0],
    [userId, '/tasks?cursor=x', 0],
    [userId, '/tasks', 60_000],
  ] as const) {
    await keep(owner, address, Date.now() - age)
    await page.reload()
    await waitForHydration(page)
    await expect(page.getByLabel('New task')).toHaveValue('')
    expect(await countStoredTexts(page)).toBe(0)
  }
  await keep(userId, '/tasks', Date.now())
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL('/login')
  await waitForHydration(page)
  expect(await countStoredTexts(page)).toBe(0)
  await logIn(page, await signUp())
})
