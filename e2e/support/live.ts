import type { BrowserContext, Page, Response } from '@playwright/test'

/** The address of a page's stream of changes. */
export const STREAM = /\/changes\/stream\?/

/** The page's stream, which opens a second after the page. */
export function untilLive(page: Page): Promise<Response> {
  return page.waitForResponse(STREAM)
}

/** Keeps changes from the browser's pages, so that these are out of date. */
export async function stopLiveChanges(context: BrowserContext): Promise<void> {
  const nothing = { contentType: 'text/event-stream', body: 'retry: 600000\n\n' }
  await context.route(STREAM, (route) => route.fulfill(nothing))
}
