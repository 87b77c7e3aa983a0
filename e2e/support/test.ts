import { type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test'
import { watchForProblems } from './problems.ts'

type Fixtures = {
  /** Declares the problems that this test provokes. Others fail it. */
  expectProblems: (...patterns: RegExp[]) => void
  /**
   * Opens another browser context without cookies, with JavaScript if the test's own has it. Its problems fail the
   * test, too. The fixture closes it.
   */
  openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>
  problems: { seen: string[]; expected: RegExp[] }
}

/**
 * Playwright's `test`, which fails on any console error, uncaught exception or violation of the content security
 * policy, in whichever page of its browsers it happens.
 */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that this one needs.
  problems: async ({}, use) => {
    const problems: Fixtures['problems'] = { seen: [], expected: [] }
    await use(problems)
    const unexpected = problems.seen.filter((text) => !problems.expected.some((one) => one.test(text)))
    expect(unexpected, 'problems that the test does not expect').toEqual([])
  },

  // Here and in `openBrowser`, so that a test without a page starts no browser.
  context: async ({ context, problems }, use) => {
    await watchForProblems(context, (problem) => problems.seen.push(problem))
    await use(context)
  },

  expectProblems: async ({ problems }, use) => use((...patterns) => void problems.expected.push(...patterns)),

  openBrowser: async ({ browser, baseURL, javaScriptEnabled, problems }, use) => {
    const opened: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext({
        javaScriptEnabled,
        ...(baseURL && { baseURL }),
        ...options,
      })
      await watchForProblems(context, (problem) => problems.seen.push(problem))
      opened.push(context)
      return context
    })
    for (const context of opened) await context.close()
  },
})

export { expect }
