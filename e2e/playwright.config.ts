import { defineConfig } from '@playwright/test'
import { BROWSER_ARGUMENTS, findBrowser, UNCOMPRESSED } from './support/browser.ts'

const executablePath = findBrowser()

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Node runs TypeScript itself, and needs no source maps for it.
  build: { external: ['**/*.ts'] },
  // More than the two processors of a small machine, because tests wait for a third of their time.
  workers: 5,
  // Generous: a busy machine is no failure.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // The global setup sets the variable before the workers, which read this file again, start.
  // Without traces, which cost a third of the time: `--trace on` makes them for one test.
  use: { baseURL: process.env.TASKWARD_E2E_URL, extraHTTPHeaders: UNCOMPRESSED },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: { ...(executablePath && { executablePath }), args: BROWSER_ARGUMENTS },
      },
    },
  ],
})
