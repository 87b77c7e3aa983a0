import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser } from '../e2e/support/browser.ts'
import { tools } from './root.ts'
import { runTool } from './run-tool.ts'

const APT = '/usr/bin/apt-get'

/**
 * Sees to it that there is a Chromium for the end-to-end tests: the system's, else Playwright's own, else Debian's
 * package. Throws one line if none of them can be had.
 */
export async function installBrowser(): Promise<void> {
  if (findBrowser()) return
  console.log('Installing a browser …')
  await runTool([tools.playwright, 'install', 'chromium'])
  if (findBrowser()) return
  if (process.getuid?.() === 0 && existsSync(APT)) installDebianPackage()
  if (findBrowser()) return
  throw new Error('The end-to-end tests need a browser: install Chromium or Chrome, and run npm test again.')
}

function installDebianPackage(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['update'],
    ['install', '--yes', 'chromium-headless-shell'],
    ['install', '--yes', 'chromium'],
  ]) {
    if (findBrowser()) return
    spawnSync(APT, ['--quiet', ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  }
}
