import type { CDPSession, Page } from '@playwright/test'
import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, expectTitles, holdForms, untilSaved, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

// With the compression that users get.
test.use({ extraHTTPHeaders: {} })

/** A mobile network of the third generation, as Lighthouse simulates it. */
const THROTTLED_3G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1_600 * 1_024) / 8,
  uploadThroughput: (750 * 1_024) / 8,
}
const SLOWER_PROCESSOR = 4
const USABLE_MS = 2_000
const INTERACTION_MS = 200
const TASKS = 200
const CLICKS = 5
/** What a present laptop needs for the turns of a loop. */
const LOOP_TURNS = 3e7
const LOOP_MS = 50
/** The best counts, because other programs on this machine can only slow the browser down. */
const ATTEMPTS = 3

/** The main thread's processor time until now, in milliseconds. A busy machine changes it less than the clock's time. */
async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000
}

/** How many times slower than a present laptop this machine is: up to as slow as the processor that users may have. */
async function slownessOf(page: Page, session: CDPSession): Promise<number> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await mainThreadMs(session)
  await page.evaluate((turns) => {
    let value = 1
    for (let turn = 0; turn < turns; turn++) value = (Math.imul(value, 31) + turn) | 0
    return value
  }, LOOP_TURNS)
  const ms = (await mainThreadMs(session)) - before
  return Math.min(Math.max(ms / LOOP_MS, 1), SLOWER_PROCESSOR)
}

async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const rate = SLOWER_PROCESSOR / (await slownessOf(page, session))
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', THROTTLED_3G)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
}

/** Milliseconds from the navigation to the first paint, and the sum of all layout shifts until hydration. */
async function measureLoad(page: Page, path: string): Promise<{ paint: number; shift: number }> {
  await page.goto(path)
  await waitForHydration(page)
  return page.evaluate(
    () =>
      new Promise<{ paint: number; shift: number }>((resolve) => {
        let shift = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
        const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity
        setTimeout(() => resolve({ paint, shift }), 500)
      }),
  )
}

for (const path of ['/login', '/tasks']) {
  test(`${path} is usable within 2 s on a slow network and processor, and nothing in it moves`, async ({
    page,
  }) => {
    if (path === '/tasks') await logIn(page, await createAccount(['One', 'Two']))
    await throttle(page)
    let best = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < ATTEMPTS && best >= USABLE_MS; attempt++) {
      const { paint, shift } = await measureLoad(page, path)
      // A line of text may move by a fraction of a pixel when its font arrives.
      expect(shift).toBeLessThan(0.001)
      best = Math.min(best, paint)
    }
    // The first paint has the whole form, which works before its scripts.
    expect(best).toBeLessThan(USABLE_MS)
  })
}

/**
 * Completes a task while its request is held, so that only the page's own work counts.
 * @returns the main thread's milliseconds from the click until two frames are painted
 */
async function measureClick(page: Page, session: CDPSession, title: string): Promise<number> {
  const settle = await holdForms(page)
  // Playwright's own click takes longer than the page's work.
  const input = await checkbox(page, title).elementHandle()
  const before = await mainThreadMs(session)
  await input!.evaluate(async (element) => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    ;(element as HTMLInputElement).click()
    await painted()
    await painted()
  })
  const after = await mainThreadMs(session)
  await expect(checkbox(page, title)).toBeChecked()
  await untilSaved(page, () => settle('continue'))
  return after - before
}

const titles = Array.from({ length: TASKS }, (_, index) => `Task number ${index + 1}`)

test('completing a task in a list of 200 takes less than 200 ms of a slow processor', async ({ page }) => {
  test.setTimeout(180_000)
  await logIn(page, await createAccount(titles), { path: `/tasks?limit=${TASKS}` })
  const session = await page.context().newCDPSession(page)
  const limit = (INTERACTION_MS / SLOWER_PROCESSOR) * (await slownessOf(page, session))
  const times: number[] = []
  for (const title of titles.slice(0, CLICKS)) times.push(await measureClick(page, session, title))
  const median = times.toSorted((a, b) => a - b)[Math.floor(CLICKS / 2)]
  expect(median, times.join(', ')).toBeLessThan(limit)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('200 tasks on one page can be completed, edited and deleted, and stay on one page', async ({
    page,
  }) => {
    const address = `/tasks?limit=${TASKS}`
    await logIn(page, await createAccount(titles), { path: address })
    const shown = titles.toReversed()
    await expectTitles(page, shown)
    await checkbox(page, 'Task number 1').click()
    await expect(page).toHaveURL(address)
    await expect(checkbox(page, 'Task number 1')).toBeChecked()
    await page.getByRole('link', { name: 'Edit Task number 2', exact: true }).click()
    await page.getByLabel('Title').fill('Task number two')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page).toHaveURL(address)
    await page.getByRole('button', { name: 'Delete Task number 1', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await expectTitles(page, [...shown.slice(0, -2), 'Task number two'])
  })
})
