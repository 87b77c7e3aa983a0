import type { Page } from '@playwright/test'
import { eventRow, eventTable } from '../support/activity.ts'
import { logIn, signUp } from '../support/api.ts'
import { insertEvents } from '../support/events.ts'
import { waitForHydration } from '../support/pages.ts'
import { logInAs, logInAsNewUser } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

async function idsOn(page: Page): Promise<(string | null)[]> {
  const sentences = await eventTable(page).locator('[id^=event-]').all()
  return Promise.all(sentences.map((sentence) => sentence.getAttribute('id')))
}

test('following "Older" to the last page shows every event once, newest first', async ({ page }) => {
  const account = await signUp()
  await insertEvents(account, 120)
  await logInAs(page, account, { path: '/settings/activity' })
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

test('without JavaScript, custom dates and a day of the chart show the events of those days only', async ({
  openBrowser,
}) => {
  const account = await signUp()
  await insertEvents(account, 60)
  const context = await openBrowser({ javaScriptEnabled: false })
  const page = await context.newPage()
  await logInAs(page, account)
  const idsOf = async (from: string, to: string) => {
    const rows = await query<{ id: string }>(
      `SELECT id FROM auth_events WHERE user_id = $1 AND created_at >= $2::timestamptz
       AND created_at < $3::timestamptz + interval '1 day' ORDER BY id DESC`,
      [account.userId, `${from}T00:00Z`, `${to}T00:00Z`],
    )
    return rows.map(({ id }) => `event-${id}`)
  }
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const [from, to] = [dayAgo(9), dayAgo(2)]
  await page.goto('/settings/activity')
  await expect(page.getByLabel('From (UTC)')).toBeHidden()
  await page.getByLabel('Time').selectOption('Custom dates')
  await page.getByLabel('From (UTC)').fill(from)
  await page.getByLabel('To (UTC)').fill(to)
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByLabel('From (UTC)')).toHaveValue(from)
  const ids = await idsOf(from, to)
  expect(ids.length).toBeGreaterThan(5)
  expect(await idsOn(page)).toEqual(ids)
  const json = await context.request.get(
    String(await page.getByRole('link', { name: 'Download as JSON' }).getAttribute('href')),
  )
  expect((await json.json()).data.map(({ id }: { id: string }) => `event-${id}`)).toEqual(ids)

  await page.getByText('Show as a table').click()
  const numbers = page.getByRole('table', { name: 'Last 30 days' })
  expect(await numbers.locator('tr:has(a) td:text-is("0") + td:text-is("0")').count()).toBe(0)
  const link = numbers.getByRole('link').nth(1)
  const href = String(await link.getAttribute('href'))
  await link.click()
  await expect(page).toHaveURL(href)
  await expect(page.getByLabel('Time')).toHaveValue('days')
  const day = await page.getByLabel('From (UTC)').inputValue()
  await expect(page.getByLabel('To (UTC)')).toHaveValue(day)
  expect(await idsOn(page)).toEqual((await idsOf(day, day)).slice(0, 50))

  await page.goto(`/settings/activity?time=days&from=${to}&to=${from}`)
  await expect(page.getByText('The end date is before the start date.')).toBeVisible()
})

test('a later page without matches reports that no older events match', async ({ page }) => {
  const account = await signUp()
  await insertEvents(account, 3)
  await logInAs(page, account)
  const [first] = await query<{ id: string }>(
    'SELECT id FROM auth_events WHERE user_id = $1 ORDER BY id LIMIT 1',
    [account.userId],
  )
  await page.goto(`/settings/activity?kind=failures&cursor=${first?.id}`)
  await expect(page.getByText('No older events match.')).toBeVisible()
  await page.getByRole('link', { name: 'Newest' }).click()
  await expect(eventRow(page, 'Wrong password').first()).toBeVisible()
})

test('replacing UTC times with local times after hydration shifts no layout', async ({
  openBrowser,
  expectProblems,
}) => {
  // A font that arrives late shifts the text as well.
  expectProblems(/net::ERR_FAILED .*woff2/)
  const account = await signUp()
  await insertEvents(account, 40)
  const context = await openBrowser({ timezoneId: 'Asia/Kathmandu', viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await logInAs(page, account)
  await page.route('**/*.woff2', (route) => route.abort())
  // Delayed scripts let the browser paint the server's HTML first.
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

test('the time zone of the account applies from the server on, whatever the browser’s', async ({
  openBrowser,
}) => {
  const account = await signUp()
  await query("UPDATE users SET time_zone = 'Asia/Kathmandu' WHERE id = $1", [account.userId])
  const page = await (await openBrowser({ timezoneId: 'America/New_York' })).newPage()
  await logInAs(page, account, { path: null })
  const html = await (await page.request.get('/settings/activity')).text()
  const [, at = '', served] = /<time [^>]*dateTime="([^"]+)"[^>]*>([^<]+)</i.exec(html) ?? []
  const kathmandu = new Date(Date.parse(at) + 345 * 60_000)
  expect(served).toBe(`Today, ${kathmandu.toISOString().slice(11, 16)}`)
  await page.goto('/settings/activity?time=days')
  await waitForHydration(page)
  await expect(eventTable(page).getByRole('time').first()).toHaveText(String(served))
  await expect(page.getByLabel('From', { exact: true })).toBeVisible()
  await expect(page.getByText('Days begin at midnight (Asia/Kathmandu)')).toBeVisible()
})

test('the bars, the description and the table of a chart match the database', async ({ page }) => {
  const account = await signUp()
  await insertEvents(account, 40)
  await logInAs(page, account, { path: '/settings/activity' })
  await page.getByText('Show as a table').click()
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
      new RegExp(`^${total} in total, most on .+ \\(${Math.max(...column)}\\)$`),
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

test('a chart with two, no or one event has a short description', async ({ page }) => {
  const account = await logInAsNewUser(page, { path: null })
  const words = (name: string) => page.getByRole('img', { name, exact: true })
  await page.goto('/settings/activity')
  await expect(words('Log-ins')).toHaveAccessibleDescription(
    /^2 (on \w{3} \d+ \w{3}|in total, most on \w{3} \d+ \w{3} \(1\))$/,
  )
  await expect(words('Failed attempts')).toHaveAccessibleDescription('none')
  expect((await logIn(account.email, 'Wrong password')).status).toBe(401)
  await page.reload()
  await expect(words('Failed attempts')).toHaveAccessibleDescription(/^1 on \w{3} \d+ \w{3}$/)
})
