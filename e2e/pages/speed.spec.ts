import type { CDPSession, Page } from '@playwright/test'
import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, expectTitles, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

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
/** The best counts, because other programs on this machine can only slow the browser down. */
const ATTEMPTS = 3

async function throttle(page: Page, { network }: { network: boolean }): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_PROCESSOR })
  await session.send('Network.enable')
  if (network) await session.send('Network.emulateNetworkConditions', THROTTLED_3G)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return session
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
    await throttle(page, { network: true })
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

/** Clicks each checkbox. @returns the longest time from a click to the next paint (INP), in milliseconds */
async function measureInteractions(page: Page, titles: string[]): Promise<number> {
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push(entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  for (const title of titles) {
    await checkbox(page, title).click()
    await expect(checkbox(page, title)).toBeChecked()
  }
  await page.waitForTimeout(500)
  return page.evaluate(() => Math.max(0, ...(window as unknown as { seen: number[] }).seen))
}

const titles = Array.from({ length: TASKS }, (_, index) => `Task number ${index + 1}`)

test('completing a task in a list of 200 is painted within 200 ms on a slow processor', async ({ page }) => {
  test.setTimeout(180_000)
  await logIn(page, await createAccount(titles), { path: `/tasks?limit=${TASKS}` })
  await throttle(page, { network: false })
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && best >= INTERACTION_MS; attempt++) {
    best = Math.min(best, await measureInteractions(page, titles.slice(attempt * 3, attempt * 3 + 3)))
  }
  expect(best).toBeLessThan(INTERACTION_MS)
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
