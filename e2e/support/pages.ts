import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/** The list of tasks. The page has no list if there are no tasks. */
function taskList(page: Page): Locator {
  return page.getByRole('list', { name: 'Tasks' })
}

export function checkbox(page: Page, title: string): Locator {
  return taskList(page).getByRole('checkbox', { name: title, exact: true })
}

export function editLink(page: Page, title: string): Locator {
  return taskList(page).getByRole('link', { name: `Edit ${title}`, exact: true })
}

/** Opens the editor in the list: by a click with Alt, or by its address without JavaScript. */
export async function openEditor(page: Page, title: string): Promise<void> {
  const link = editLink(page, title)
  if (await page.evaluate(() => matchMedia('(scripting: enabled)').matches))
    return link.click({ modifiers: ['Alt'] })
  const { pathname } = new URL((await link.getAttribute('href')) ?? '', page.url())
  await page.goto(`/tasks?edit=${pathname.split('/').at(-1)}`)
}

export function deleteButton(page: Page, title: string): Locator {
  return taskList(page).getByRole('button', { name: `Delete ${title}`, exact: true })
}

export async function addTask(page: Page, title: string): Promise<void> {
  await page.getByLabel('New task').fill(title)
  await page.getByRole('button', { name: 'Add task' }).click()
}

/** Runs an action that the page saves, and waits for the server's response. The page shows the change before. */
export async function untilSaved(page: Page, action: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await action()
  await answer
}

/** Expects exactly these tasks on the page, in this order. */
export async function expectTitles(page: Page, titles: string[]): Promise<void> {
  const items = taskList(page).getByRole('listitem')
  await expect(items).toHaveCount(titles.length)
  if (titles.length > 0) await expect(items).toContainText(titles)
}

/** Opens the menu in the header of a signed-in page. */
export async function openAccountMenu(page: Page): Promise<void> {
  await page.getByRole('banner').getByText('Account', { exact: true }).click()
}

export async function followAccountLink(page: Page, name: string): Promise<void> {
  await openAccountMenu(page)
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name }).click()
}

/** Waits for hydration. The choice of a theme appears only then. */
export async function waitForHydration(page: Page): Promise<void> {
  await expect(page.getByRole('group', { name: 'Theme' })).toBeVisible()
}

/** The error summary above a form. Next.js has an empty element of the same role outside of main. */
export function errorBox(page: Page): Locator {
  return page.getByRole('main').getByRole('alert')
}

/**
 * Holds the next request of the page's forms. @returns a function that waits for that request, and then continues or
 * aborts it. Later requests pass. It waits, because the page shows a change before it sends the request.
 */
export async function holdForms(page: Page): Promise<(outcome: 'continue' | 'abort') => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const decision = Promise.withResolvers<'continue' | 'abort'>()
  let isOpen = false
  await page.route('**', async (route) => {
    if (isOpen || route.request().method() !== 'POST') return route.fallback()
    held.resolve()
    await ((await decision.promise) === 'abort' ? route.abort() : route.continue())
  })
  return async (outcome) => {
    await held.promise
    isOpen = true
    decision.resolve(outcome)
  }
}
