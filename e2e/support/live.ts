import type { BrowserContext, Page, Response } from '@playwright/test'

/** The address of a page's stream of changes. */
export const STREAM = /\/changes\/stream\?/

/** The page's stream, which opens a second after the page. */
export function untilLive(page: Page): Promise<Response> {
  return page.waitForResponse(STREAM)
}

/** Keeps changes from the browser's pages, so that these are out of date. */
export async function stopLiveChanges(context: BrowserContext): Promise<void> {
  // Without an answer: after an end of the stream, the page would check its session.
  await context.route(STREAM, () => {})
}
