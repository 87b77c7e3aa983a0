import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page, Request } from '@playwright/test'
import { root } from '../../scripts/setup/root.ts'
import { call } from '../support/api.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

// With the compression that users get.
test.use({ extraHTTPHeaders: {} })

/** Compressed bytes of scripts beyond those that Next.js loads with an empty page. */
const SCRIPT_BUDGETS = {
  '/': 20_000,
  '/login': 20_000,
  '/signup': 20_000,
  '/forgot-password': 20_000,
  '/tasks': 45_000,
}
const PAGE_BYTES = 30_000
const ROW_BYTES = 1_000

const titles = (count: number) => Array.from({ length: count }, (_, index) => `Task number ${index + 1}`)

/** The scripts that the build loads with every page, however empty. */
function emptyPageBytes(): number {
  const folder = join(root, '.next')
  const { rootMainFiles } = JSON.parse(readFileSync(join(folder, 'build-manifest.json'), 'utf8'))
  return sum(rootMainFiles.map((file: string) => gzipSync(readFileSync(join(folder, file))).length))
}

async function countScriptBytes(page: Page, path: string): Promise<number> {
  const sizes: Promise<{ responseBodySize: number }>[] = []
  const measure = (request: Request) => {
    if (request.resourceType() === 'script') sizes.push(request.sizes())
  }
  page.on('requestfinished', measure)
  await page.goto(path, { waitUntil: 'networkidle' })
  await waitForHydration(page)
  page.off('requestfinished', measure)
  return sum((await Promise.all(sizes)).map(({ responseBodySize }) => responseBodySize))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

for (const [path, budget] of Object.entries(SCRIPT_BUDGETS)) {
  test(`the scripts of ${path} exceed those of an empty page by ${budget / 1000} kB at most`, async ({
    page,
    context,
    openBrowser,
  }) => {
    if (path === '/tasks') await logIn(page, await createAccount(titles(20)), { path: null })
    // With an empty cache.
    const fresh = await openBrowser({ storageState: await context.storageState() })
    const bytes = await countScriptBytes(await fresh.newPage(), path)
    expect(bytes - emptyPageBytes()).toBeLessThanOrEqual(budget)
  })
}

test('a page of 20 tasks has 30 kB of HTML at most, and 1 kB for each further task', async () => {
  const sizeOf = async (count: number) => {
    const { token } = await createAccount(titles(count))
    const { status, text } = await call('/tasks', { cookie: `taskward.access=${token}` })
    expect(status).toBe(200)
    return Buffer.byteLength(text)
  }
  const [ten, twenty] = [await sizeOf(10), await sizeOf(20)]
  expect(twenty).toBeLessThanOrEqual(PAGE_BYTES)
  expect((twenty - ten) / 10).toBeLessThanOrEqual(ROW_BYTES)
})
