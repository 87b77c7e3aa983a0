import type { Locator, Page } from '@playwright/test'

export function eventTable(page: Page): Locator {
  return page.getByRole('table', { name: 'Events, newest first' })
}

export function eventRow(page: Page, text: string | RegExp): Locator {
  return eventTable(page).getByRole('row').filter({ hasText: text })
}
