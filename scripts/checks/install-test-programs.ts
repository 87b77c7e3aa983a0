import { spawn } from 'node:child_process'
import { once } from 'node:events'
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
  await installDebianPackages()
  if (!findBrowser()) {
    console.log('Installing a browser …')
    await runTool([tools.playwright, 'install', 'chromium'])
  }
  if (!findBrowser()) {
    throw new Error(
      'The end-to-end tests need a browser: install Chromium or Chrome, and run npm test again.',
    )
  }
  if (!findFirefox()) console.log('No Firefox: its tests are skipped. Install it to run them.')
  if (!hasNginx()) console.log('No nginx, or no openssl: their tests are skipped. Install them to run these.')
  if (!hasPgBouncer()) console.log('No PgBouncer: its test is skipped. Install it to run this.')
}

async function installDebianPackages(): Promise<void> {
  const packages = [
    ...(findBrowser() ? [] : ['chromium-headless-shell']),
    ...(findFirefox() ? [] : ['firefox-esr']),
    ...(hasNginx() || existsSync(SYSTEMD) ? [] : ['nginx-light', 'openssl']),
    ...(hasPgBouncer() || existsSync(SYSTEMD) ? [] : ['pgbouncer']),
  ]
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync(APT)) return
  await apt('update')
  if (!(await install(packages))) {
    // A release of Debian may lack one of them.
    for (const name of packages) await install([name])
  }
  if (!findBrowser()) await install(['chromium'])
}

/** Firefox recommends codecs, which no test needs. */
function install(packages: string[]): Promise<boolean> {
  return apt('install', '--yes', '--no-install-recommends', ...packages)
}

async function apt(...args: string[]): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const [exitCode] = await once(
    spawn(APT, ['--quiet', ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] }),
    'exit',
  )
  return exitCode === 0
}
