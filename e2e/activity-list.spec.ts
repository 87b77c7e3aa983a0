import type { Page } from '@playwright/test'
import { eventRow, eventTable } from './support/activity.ts'
import { signUp } from './support/api.ts'
import { putEvents } from './support/events.ts'
import { waitForHydration } from './support/pages.ts'
import { enter } from './support/sessions.ts'
import { query } from './support/sql.ts'
import { expect, test } from './support/test.ts'

async function idsOn(page: Page): Promise<(string | null)[]> {
  const sentences = await eventTable(page).locator('[id^=event-]').all()
  return Promise.all(sentences.map((sentence) => sentence.getAttribute('id')))
}

test('the pages hold every event once', async ({ page }) => {
  const account = await signUp()
  await putEvents(account, 120)
  await enter(page, account)
  await page.goto('/settings/activity')
  const seen = await idsOn(page)
  expect(seen).toHaveLength(50)
  while (await page.getByRole('link', { name: 'Older' }).isVisible()) {
    const last = seen.at(-1)
    await page.getByRole('link', { name: 'Older' }).click()
    await expect(eventTable(page).locator(`[id="${last}"]`)).toHaveCount(0)
    seen.push(...(await idsOn(page)))
  }
  const all = await query<{ id: string }>('SELECT id FROM auth_events WHERE user_id = $1 ORDER BY id DESC', [
    account.userId,
  ])
  expect(seen).toEqual(all.map(({ id }) => `event-${id}`))
  await page.getByRole('link', { name: 'Newest' }).click()
  await expect(eventTable(page).locator(`[id="${seen[0]}"]`)).toBeVisible()
})

test('nothing moves when the browser tells the times by its own clock', async ({ openBrowser }) => {
  const account = await signUp()
  await putEvents(account, 40)
  const context = await openBrowser({ timezoneId: 'Asia/Kathmandu', viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await enter(page, account)
  // Scripts come late, so that what the server sent is painted first.
  await page.route('**/*.js', async (route) => {
    await new Promise((done) => setTimeout(done, 300))
    await route.continue()
  })
  await page.addInitScript(() => {
    const moved: string[] = []
    Object.assign(window, { moved })
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as unknown as { sources: { node: Node | null }[] }[]) {
        moved.push(...sources.map(({ node }) => node?.textContent ?? ''))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto('/settings/activity?kind=all')
  await waitForHydration(page)
  await expect(eventTable(page).getByRole('time').first()).not.toContainText('UTC')
  expect(await page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([])
})

test('the chart’s bars, its words and its table have the numbers of the database', async ({ page }) => {
  const account = await signUp()
  await putEvents(account, 40)
  await enter(page, account)
  await page.goto('/settings/activity')
  await page.getByText('The numbers as a table').click()
  const numbers = page.getByRole('table', { name: 'Last 30 days' })
  const rows = await numbers.locator('tbody tr').all()
  expect(rows).toHaveLength(30)
  const table = await Promise.all(
    rows.map(async (one) => (await one.locator('th, td').allInnerTexts()).slice()),
  )
  const expected = await query<{ log_ins: number; failures: number }>(
    `SELECT (count(*) FILTER (WHERE event_type IN ('login', 'signup')))::int AS log_ins,
       (count(*) FILTER (WHERE NOT success))::int AS failures FROM auth_events
     WHERE user_id = $1 AND created_at >= date_trunc('day', now(), 'UTC') - interval '29 days'`,
    [account.userId],
  )
  for (const [index, name, total] of [
    [1, 'Log-ins', expected[0]?.log_ins],
    [2, 'Failed attempts', expected[0]?.failures],
  ] as const) {
    const column = table.map((cells) => Number(cells[index]))
    expect(column.reduce((sum, value) => sum + value, 0)).toBe(total)
    const chart = page.getByRole('img', { name, exact: true })
    await expect(chart).toHaveAccessibleDescription(
      new RegExp(`^${total} in all, at most ${Math.max(...column)} `),
    )
    const bars = await chart.locator('g > title').allTextContents()
    expect(bars.toReversed()).toEqual(table.map((cells) => `${cells[0]}: ${cells[index]}`))
    const heights = await chart
      .locator('g > rect:nth-of-type(2)')
      .evaluateAll((rects) => rects.map((rect) => Number(rect.getAttribute('height'))))
    expect(heights.toReversed().map((height) => height > 0)).toEqual(column.map((value) => value > 0))
    expect(heights[29 - column.indexOf(Math.max(...column))]).toBe(100)
  }
})
