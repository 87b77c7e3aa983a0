import type { Locator, Page } from '@playwright/test'

/** The list of events on the page of activity. */
export function eventTable(page: Page): Locator {
  return page.getByRole('table', { name: 'Events, newest first' })
}

/** The events that tell of this. */
export function eventRow(page: Page, text: string | RegExp): Locator {
  return eventTable(page).getByRole('row').filter({ hasText: text })
}
