import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findProgram } from './programs.ts'

// The headless shell comes first because it needs two thirds of the time of a whole browser.
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of Chromium, preferably the system's, else Playwright's; undefined if there is none. */
export function findBrowser(): string | undefined {
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find((file) => existsSync(file))
}

/** A name of this machine that browsers do not treat as loopback. On its plain http they send no `Sec-Fetch-*`. */
export const LAN_NAME = 'tasks.lan'

/** Prevent requests that no test makes, and the sandbox where root cannot have one. */
export const BROWSER_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Fewer processes and threads for pages that are small: a tenth of the time of a page.
  '--in-process-gpu',
  '--renderer-process-limit=1',
  '--enable-features=NetworkServiceInProcess2',
  `--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`,
]

/** Requests no compression: it takes half of the server's time for the scripts of a page. Tests of size undo it. */
export const UNCOMPRESSED = { 'accept-encoding': 'identity' }

/** The path of Firefox; undefined if there is none. */
export function findFirefox(): string | undefined {
  const application = '/Applications/Firefox.app/Contents/MacOS/firefox'
  return (
    findProgram('firefox-esr') ?? findProgram('firefox') ?? [application].find((file) => existsSync(file))
  )
}
