import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BidiConnection, connectBidi } from './bidi.ts'
import { findFirefox } from './browser.ts'
import { FirefoxPage } from './firefox-page.ts'

export type Firefox = {
  /** Opens a page with cookies of its own. `server` is the origin of its paths. */
  openPage: (server: string) => Promise<FirefoxPage>
  /** Sets a preference of about:config for pages that are opened later. */
  setPreference: (name: string, value: boolean | number) => Promise<void>
  close: () => Promise<void>
}

const START_MS = 60_000

/** Starts a headless Firefox that is driven over WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/). */
export async function openFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'taskward-firefox-'))
  // `setPreference` needs system access.
  const args = ['--headless', '--no-remote', '--remote-allow-system-access', '--remote-debugging-port=0']
  const child = spawn(findFirefox() ?? 'firefox', [...args, '--profile', profile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const bidi = await connectBidi(`${await findEndpoint(child)}/session`)
  await bidi.send('session.new', { capabilities: {} })
  await bidi.send('session.subscribe', { events: ['log.entryAdded'] })

  return {
    openPage: (server) => openPage(bidi, server),
    setPreference: (name, value) => setPreference(bidi, name, value),
    close: async () => {
      const exit = once(child, 'exit')
      await bidi.send('browser.close')
      await exit
      process.off('exit', kill)
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Reads the address of the WebSocket from the output of Firefox. */
async function findEndpoint(child: ChildProcess): Promise<string> {
  let output = ''
  const found = Promise.withResolvers<string>()
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    output += text
    const [, endpoint] = /WebDriver BiDi listening on (ws:\S+)/.exec(output) ?? []
    if (endpoint) found.resolve(endpoint)
  })
  const fail = () => found.reject(new Error(`Firefox does not start. It printed:\n${output}`))
  child.once('exit', fail).once('error', fail)
  const timer = setTimeout(fail, START_MS)
  return found.promise.finally(() => clearTimeout(timer))
}

async function openPage(bidi: BidiConnection, server: string): Promise<FirefoxPage> {
  const { userContext } = await bidi.send('browser.createUserContext')
  const { context } = await bidi.send('browsingContext.create', { type: 'tab', userContext })
  const viewport = { width: 1280, height: 1600 }
  await bidi.send('browsingContext.setViewport', { context, viewport })
  return new FirefoxPage(bidi, context, server)
}

async function setPreference(bidi: BidiConnection, name: string, value: boolean | number): Promise<void> {
  const { contexts } = await bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const setter = typeof value === 'boolean' ? 'setBoolPref' : 'setIntPref'
  await bidi.send('script.evaluate', {
    target: { context: contexts[0].context },
    expression: `Services.prefs.${setter}(${JSON.stringify(name)}, ${value})`,
    awaitPromise: false,
  })
}
