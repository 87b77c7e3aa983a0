import { expect } from '@playwright/test'
import type { BidiConnection } from './bidi.ts'

const CONTROL_KEY = '\uE009'
const RETRY = { intervals: [50], timeout: 15_000 }

/** A page in Firefox, with the few verbs that the journeys need. Each waits for what it acts on. */
export class FirefoxPage {
  readonly #bidi: BidiConnection
  readonly #context: string
  readonly #server: string

  /** @param server the origin of the paths that this page opens */
  constructor(bidi: BidiConnection, context: string, server: string) {
    this.#bidi = bidi
    this.#context = context
    this.#server = server
  }

  /** Opens a path of the server, with these credentials in the address, and waits until it is loaded. */
  async goto(path: string, credentials: { username?: string; password?: string } = {}): Promise<void> {
    const { href: url } = Object.assign(new URL(path, this.#server), credentials)
    await this.#send('browsingContext.navigate', { url, wait: 'complete' })
  }

  async goBack(): Promise<void> {
    await this.#send('browsingContext.traverseHistory', { delta: -1 })
  }

  /** Types into the control of this accessible name, in place of what it holds. */
  async fill(name: string, text: string): Promise<void> {
    await this.click(name)
    await this.#press([
      { type: 'keyDown', value: CONTROL_KEY },
      ...keystrokes('a'),
      { type: 'keyUp', value: CONTROL_KEY },
      ...keystrokes(text),
    ])
  }

  /** Clicks on the control of this accessible name, and role. */
  async click(name: string, role?: string): Promise<void> {
    const click = async () => {
      const origin = { type: 'element', element: { sharedId: await this.#find(name, role) } }
      const actions = [
        // Fails where the page has replaced the control meanwhile.
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await this.#send('input.performActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] })
    }
    await expect(click).toPass(RETRY)
  }

  /** Waits until the page has the control of this accessible name and role. */
  async waitFor(name: string, role: string): Promise<void> {
    await expect(() => this.#find(name, role)).toPass(RETRY)
  }

  /** Waits until the page answers by JavaScript: the choice of a theme is not there before. */
  async waitForHydration(): Promise<void> {
    await this.waitFor('Theme:', 'group')
  }

  /** Waits until the page is at this path, with credentials in its address or without. */
  async expectUrl(path: string): Promise<void> {
    const url = async () => Object.assign(new URL(await this.url()), { username: '', password: '' }).href
    await expect.poll(url, { intervals: [50] }).toBe(this.#server + path)
  }

  /** The address, with the credentials in it. */
  async url(): Promise<string> {
    return (await this.#send('browsingContext.getTree', { root: this.#context })).contexts[0].url
  }

  /** Waits until the page's text contains `text`. */
  async expectText(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(), { intervals: [50] }).toMatch(text)
  }

  /** What a user reads on the page; nothing while it is being loaded. */
  async text(): Promise<string> {
    return String(await this.#evaluate('document.body.innerText').catch(() => ''))
  }

  /** Console errors and uncaught exceptions of this page. */
  get problems(): string[] {
    return this.#bidi.problems.filter(({ context }) => context === this.#context).map(({ text }) => text)
  }

  async #find(name: string, role?: string): Promise<string> {
    const locator = { type: 'accessibility', value: { name, ...(role && { role }) } }
    const { nodes } = await this.#send('browsingContext.locateNodes', { locator })
    if (!nodes[0]) throw new Error(`The page has no ${role ?? 'control'} "${name}".`)
    return nodes[0].sharedId
  }

  async #press(actions: { type: string; value: string }[]): Promise<void> {
    await this.#send('input.performActions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  /** In a scope of its own, which works without JavaScript, too. */
  async #evaluate(expression: string): Promise<unknown> {
    const target = { context: this.#context, sandbox: 'tests' }
    const { result } = await this.#bidi.send('script.evaluate', { target, expression, awaitPromise: false })
    return result?.value
  }

  #send<Name extends Parameters<BidiConnection['send']>[0]>(name: Name, parameters: Record<string, unknown>) {
    return this.#bidi.send(name, { context: this.#context, ...parameters })
  }
}

function keystrokes(text: string): { type: string; value: string }[] {
  return [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ])
}
