import type { BrowserContext, Page } from '@playwright/test'
import { createAccount, fillLogIn } from '../support/journeys.ts'
import {
  addTask,
  checkbox,
  expectTitles,
  followAccountLink,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

/** Makes interfaces throw or disappear, as in browsers that block storage and on plain http. */
function disableStorage() {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  const throwing = { configurable: true, get: refuse, set: refuse }
  for (const name of [
    'localStorage',
    'sessionStorage',
    'indexedDB',
    'caches',
    'cookieStore',
    'Notification',
  ]) {
    Object.defineProperty(window, name, throwing)
  }
  for (const name of ['BroadcastChannel', 'SharedWorker', 'Worker', 'matchMedia', 'structuredClone']) {
    Object.defineProperty(window, name, { configurable: true, value: refuse })
  }
  for (const name of ['locks', 'storage', 'serviceWorker', 'clipboard', 'permissions', 'cookieEnabled']) {
    Object.defineProperty(Navigator.prototype, name, throwing)
  }
  Object.defineProperty(Document.prototype, 'cookie', throwing)
  for (const name of ['randomUUID', 'subtle']) {
    Object.defineProperty(Crypto.prototype, name, { configurable: true, value: undefined })
  }
}

async function openPageWithoutStorage(openBrowser: () => Promise<BrowserContext>): Promise<Page> {
  const context = await openBrowser()
  await context.addInitScript(disableStorage)
  return context.newPage()
}

test('a user of a browser that blocks all storage logs in, adds a task, changes the theme and logs out', async ({
  openBrowser,
}) => {
  const account = await createAccount(['There before'])
  const page = await openPageWithoutStorage(openBrowser)
  await page.goto('/login')
  await waitForHydration(page)
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks')
  await untilSaved(page, () => addTask(page, 'Added'))
  await expectTitles(page, ['Added', 'There before'])
  await untilSaved(page, () => checkbox(page, 'Added').click())
  await expect(checkbox(page, 'Added')).toBeChecked()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  for (const [name, path] of [
    ['Devices', '/settings/sessions'],
    ['Activity', '/settings/activity'],
    ['Password', '/settings/password'],
  ] as const) {
    await followAccountLink(page, name)
    await expect(page).toHaveURL(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL('/login')
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})
