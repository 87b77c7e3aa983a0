import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/** The list of tasks. An empty list is not there. */
function taskList(page: Page): Locator {
  return page.getByRole('list', { name: 'Tasks' })
}

export function checkbox(page: Page, title: string): Locator {
  return taskList(page).getByRole('checkbox', { name: title, exact: true })
}

export function editLink(page: Page, title: string): Locator {
  return taskList(page).getByRole('link', { name: `Edit ${title}`, exact: true })
}

export function deleteButton(page: Page, title: string): Locator {
  return taskList(page).getByRole('button', { name: `Delete ${title}`, exact: true })
}

export async function addTask(page: Page, title: string): Promise<void> {
  await page.getByLabel('New task').fill(title)
  await page.getByRole('button', { name: 'Add task' }).click()
}

/** Does something that the page saves, and waits until the server has answered: the page shows it before. */
export async function untilSaved(page: Page, action: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await action()
  await answer
}

/** These tasks are on the page, in this order, and no others. */
export async function expectTitles(page: Page, titles: string[]): Promise<void> {
  const items = taskList(page).getByRole('listitem')
  await expect(items).toHaveCount(titles.length)
  if (titles.length > 0) await expect(items).toContainText(titles)
}

/** Waits until the page answers by JavaScript: the choice of a theme is not there before. */
export async function waitForHydration(page: Page): Promise<void> {
  await expect(page.getByRole('group', { name: 'Theme' })).toBeVisible()
}

/** The box above a form that says what is wrong. (Next has an empty element of the same role.) */
export function errorBox(page: Page): Locator {
  return page.getByRole('main').getByRole('alert')
}

/**
 * Holds back what the page's forms send, until the returned function decides: on to the server, or never there.
 * It waits for something to be held, since the page shows what was done before it is sent. What is sent after that passes.
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
