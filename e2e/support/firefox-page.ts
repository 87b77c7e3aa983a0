import { expect } from '@playwright/test'
import type { BidiConnection } from './bidi.ts'

const CONTROL_KEY = '\uE009'
/** Firefox reports a stream that leaving the page cancels while it opens. */
const CANCELLED_STREAM = /can’t establish a connection .*\/changes\/stream/
const RETRY = { intervals: [50], timeout: 15_000 }

const ELEMENTS = { button: 'button', link: 'a', checkbox: 'input' }
// A hidden text keeps its place by this class.
const VISIBLE = 'not(contains(@class, "invisible"))'
type Role = keyof typeof ELEMENTS

/** A page in Firefox. Each method waits until the control exists that it uses. */
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

  /** Opens a path of the server, with credentials in the URL, and waits for the load event. */
  async goto(path: string, credentials: { username?: string; password?: string } = {}): Promise<void> {
    const { href: url } = Object.assign(new URL(path, this.#server), credentials)
    await this.#send('browsingContext.navigate', { url, wait: 'complete' })
  }

  async goBack(): Promise<void> {
    await this.#send('browsingContext.traverseHistory', { delta: -1 })
  }

  /** Replaces the text of the field with this label. */
  async fill(label: string, text: string): Promise<void> {
    await this.#click(`//*[@id = //label[normalize-space() = "${label}"]/@for]`)
    await this.#press([
      { type: 'keyDown', value: CONTROL_KEY },
      ...keystrokes('a'),
      { type: 'keyUp', value: CONTROL_KEY },
      ...keystrokes(text),
    ])
  }

  /** Clicks on the control with this accessible name and role. */
  async click(name: string, role: Role): Promise<void> {
    await this.#click(byRole(name, role))
  }

  /** Waits for a control with this accessible name and role. */
  async waitFor(name: string, role: Role): Promise<void> {
    await expect(() => this.#find(byRole(name, role))).toPass(RETRY)
  }

  /** Waits for hydration. The choice of a theme appears only then. */
  async waitForHydration(): Promise<void> {
    await expect(() => this.#find(`//fieldset[${VISIBLE}][legend = "Theme:"]`)).toPass(RETRY)
  }

  /** Waits until the page is at this path, with or without credentials in its URL. */
  async expectUrl(path: string): Promise<void> {
    const url = async () => Object.assign(new URL(await this.url()), { username: '', password: '' }).href
    await expect.poll(url, { intervals: [50] }).toBe(this.#server + path)
  }

  /** The URL, including credentials. */
  async url(): Promise<string> {
    return (await this.#send('browsingContext.getTree', { root: this.#context })).contexts[0].url
  }

  /** Waits until the page's text contains `text`. */
  async expectText(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(), { intervals: [50] }).toMatch(text)
  }

  /** The visible text of the page; empty while the page is loading. */
  async text(): Promise<string> {
    return String(await this.#evaluate('document.body.innerText').catch(() => ''))
  }

  /** Console errors and uncaught exceptions of this page. */
  get problems(): string[] {
    return this.#bidi.problems
      .filter(({ context }) => context === this.#context)
      .map(({ text }) => text)
      .filter((text) => !CANCELLED_STREAM.test(text))
  }

  async #click(path: string): Promise<void> {
    const click = async () => {
      const origin = { type: 'element', element: { sharedId: await this.#find(path) } }
      const actions = [
        // Fails if the page has replaced the control since `#find`.
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await this.#send('input.performActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] })
    }
    await expect(click).toPass(RETRY)
  }

  /** @param path an XPath, because Firefox takes seconds to compare the accessible names of a large page */
  async #find(path: string): Promise<string> {
    const locator = { type: 'xpath', value: path }
    const { nodes } = await this.#send('browsingContext.locateNodes', { locator })
    const [node] = nodes
    if (!node) throw new Error(`The page has no ${path}.`)
    return node.sharedId
  }

  async #press(actions: { type: string; value: string }[]): Promise<void> {
    await this.#send('input.performActions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  /** Evaluates in a sandbox. It works without JavaScript, too. */
  async #evaluate(expression: string): Promise<unknown> {
    const target = { context: this.#context, sandbox: 'tests' }
    const { result } = await this.#bidi.send('script.evaluate', { target, expression, awaitPromise: false })
    return result?.value
  }

  #send<Name extends Parameters<BidiConnection['send']>[0]>(name: Name, parameters: Record<string, unknown>) {
    return this.#bidi.send(name, { context: this.#context, ...parameters })
  }
}

function byRole(name: string, role: Role): string {
  const hasRole = `self::${ELEMENTS[role]} and not(@role) or @role = "${role}"`
  const hasText = `descendant-or-self::*[${VISIBLE}][normalize-space() = "${name}"]`
  return `//*[${hasRole}][@aria-label = "${name}" or ${hasText}]`
}

function keystrokes(text: string): { type: string; value: string }[] {
  return [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ])
}
