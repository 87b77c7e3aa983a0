import type { Page } from '@playwright/test'
import { createTask, openTasks } from '../support/journeys.ts'
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

const KEPT = 'What you typed is still here, but not saved yet.'

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
  // A second request may still be answered, whose page is gone.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
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

  await expect(page.getByRole('status').filter({ hasText: KEPT })).toBeVisible()
  await expect(checkbox(page, 'One')).toBeChecked()
  await expect(checkbox(page, 'From elsewhere')).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('Second')
  await expect(page.getByLabel('Description')).toHaveValue('Half a thought\n“ä 木”')
  await expect(page.getByLabel('New task')).toHaveValue('Next idea')

  await untilSaved(page, () => page.getByRole('button', { name: 'Save' }).click())
  await untilSaved(page, () => page.getByRole('button', { name: 'Add task' }).click())
  await expectTitles(page, ['Next idea', 'From elsewhere', 'Second', 'One'])
  expect(await countStoredTexts(page)).toBe(0)
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
