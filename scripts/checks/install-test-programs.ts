import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser, findFirefox } from '../../e2e/support/browser.ts'
import { hasNginx } from '../../e2e/support/nginx.ts'
import { hasPgBouncer } from '../../lib/testing/pgbouncer.ts'
import { tools } from '../setup/root.ts'
import { runTool } from '../setup/run-tool.ts'

const APT = '/usr/bin/apt-get'
/** Exists where systemd runs, which starts servers as soon as they are installed. */
const SYSTEMD = '/run/systemd/system'

/** Installs what the tests drive. Throws one line without Chromium. Tests of the other programs may be skipped. */
export async function installTestPrograms(): Promise<void> {
  if (!findBrowser()) {
    console.log('Installing a browser …')
    await runTool([tools.playwright, 'install', 'chromium'])
  }
  installDebianPackages()
  if (!findBrowser()) {
    throw new Error(
      'The end-to-end tests need a browser: install Chromium or Chrome, and run npm test again.',
    )
  }
  if (!findFirefox()) console.log('No Firefox: its tests are skipped. Install it to run them.')
  if (!hasNginx()) console.log('No nginx, or no openssl: their tests are skipped. Install them to run these.')
  if (!hasPgBouncer()) console.log('No PgBouncer: its test is skipped. Install it to run this.')
}

function installDebianPackages(): void {
  const packages = [
    ...(findBrowser() ? [] : ['chromium-headless-shell']),
    ...(findFirefox() ? [] : ['firefox-esr']),
    ...(hasNginx() || existsSync(SYSTEMD) ? [] : ['nginx-light', 'openssl']),
    ...(hasPgBouncer() || existsSync(SYSTEMD) ? [] : ['pgbouncer']),
  ]
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync(APT)) return
  apt('update')
  // Each alone, because a release of Debian may lack one. Firefox recommends codecs, which no test needs.
  for (const name of packages) apt('install', '--yes', '--no-install-recommends', name)
  if (!findBrowser()) apt('install', '--yes', 'chromium')
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync(APT, ['--quiet', ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] })
}
