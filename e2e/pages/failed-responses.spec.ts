import type { Page } from '@playwright/test'
import { openTasks } from '../support/journeys.ts'
import { addTask, errorBox, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const REFUSAL =
  'This form wasn’t sent from this site, so nothing was done. Open the page on this site and try again.'

/** Responses that may replace that of a server action, and the message that the page shows. */
const RESPONSES: [name: string, answer: { status: number; contentType?: string; body?: string }, RegExp][] = [
  ['this server’s 403', { status: 403, contentType: 'text/plain', body: REFUSAL }, /^This form wasn’t sent/],
  ['a proxy’s 403', { status: 403, body: '<h1>Forbidden</h1>' }, /refused this, so nothing was done/],
  [
    'a proxy’s 403 in plain text',
    { status: 403, contentType: 'text/plain', body: 'error code: 1020' },
    /refused this/,
  ],
  ['400', { status: 400 }, /couldn’t read what this page sent, so nothing was done/],
  ['401', { status: 401 }, /asks for a log-in of its own, so nothing was done/],
  ['405', { status: 405 }, /so nothing was done/],
  ['408', { status: 408 }, /took too long to arrive\. Nothing was done/],
  ['409', { status: 409 }, /so nothing was done/],
  ['411', { status: 411 }, /so nothing was done/],
  ['413', { status: 413 }, /too long to be saved\. Nothing was done/],
  ['429', { status: 429 }, /Too many requests came from your network/],
  ['431', { status: 431 }, /more cookies than the server accepts/],
  ['500', { status: 500 }, /went wrong on our side\. This may not have been saved/],
  [
    '502',
    { status: 502, body: '<h1>Bad gateway</h1>' },
    /Something between you and the server failed.*may have been saved/,
  ],
  ['503', { status: 503 }, /This site isn’t available right now/],
  ['504', { status: 504 }, /may have been saved/],
  [
    'a captive portal',
    { status: 200, body: '<h1>Welcome to our WiFi</h1>' },
    /Another page came back in place of our answer/,
  ],
]

async function replaceResponses(page: Page, answer: (typeof RESPONSES)[number][1]): Promise<void> {
  await page.unroute('**')
  await page.route('**', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ contentType: 'text/html', body: '<h1>Not ours</h1>', ...answer })
      : route.fallback(),
  )
}

test('each failed response to an action gets its own message, and the typed text stays', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/the server responded with a status of \d+/)
  await openTasks(page)
  await waitForHydration(page)
  for (const [name, answer, message] of RESPONSES) {
    await replaceResponses(page, answer)
    await addTask(page, `Kept ${name}`)
    await expect(errorBox(page), name).toHaveText(message)
    await expect(errorBox(page), name).not.toContainText('reach the server')
    await expect(page.getByLabel('New task'), name).toHaveValue(`Kept ${name}`)
  }
})
