import type { BrowserContext } from '@playwright/test'

/** Reports every console error, uncaught exception and violation of the content security policy in a browser. */
export async function watchForProblems(
  browser: BrowserContext,
  report: (problem: string) => void,
): Promise<void> {
  browser.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()} (${message.location().url})`)
  })
  browser.on('weberror', (problem) => report(`exception: ${problem.error().stack ?? problem.error()}`))
  await browser.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      console.error(`Content Security Policy: ${violatedDirective} forbids ${blockedURI} ${sample}`)
    })
  })
}
