import type { BrowserContext, ConsoleMessage } from '@playwright/test'
import { STREAM } from './live.ts'

/** Reports every console error, uncaught exception and violation of the content security policy in a browser. */
export async function watchForProblems(
  browser: BrowserContext,
  report: (problem: string) => void,
): Promise<void> {
  browser.on('console', (message) => {
    if (message.type() === 'error' && !isOfEndedSession(message))
      report(`console: ${message.text()} (${message.location().url})`)
  })
  browser.on('weberror', (problem) => report(`exception: ${problem.error().stack ?? problem.error()}`))
  await browser.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      console.error(`Content Security Policy: ${violatedDirective} forbids ${blockedURI} ${sample}`)
    })
  })
}

/**
 * A stream of changes can open in the moment in which its session ends, its browser logs in again (401), or its account has to
 * change the password (403). Its page then leaves.
 */
function isOfEndedSession(message: ConsoleMessage): boolean {
  return STREAM.test(message.location().url) && /status of 40[13]/.test(message.text())
}
