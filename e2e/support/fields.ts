import type { Locator, Page } from '@playwright/test'
import { waitForHydration } from './pages.ts'

/** Sets a field as a password manager may do it: behind React's back, with no event but these. */
export async function setValueDirectly(field: Locator, value: string, events: string[] = []): Promise<void> {
  await field.evaluate(
    (element, { value, events }) => {
      const input = element as HTMLInputElement
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value)
      for (const type of events) input.dispatchEvent(new Event(type, { bubbles: true }))
    },
    { value, events },
  )
}

/** Opens a page whose scripts arrive when the returned function is called; it waits until the page answers by them. */
export async function openWithoutScripts(page: Page, path: string): Promise<() => Promise<void>> {
  const scripts = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  await page.getByRole('contentinfo').waitFor()
  return async () => {
    scripts.resolve()
    await waitForHydration(page)
  }
}

/** What all fields of the page's forms hold that can be filled in, by form and name. */
export function readFields(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const held: Record<string, string> = {}
    for (const form of document.forms) {
      for (const field of form.elements as unknown as Iterable<HTMLInputElement>) {
        if (!field.name || field.type === 'hidden' || field.type === 'submit') continue
        const name = `${form.getAttribute('name')} ${field.name}`
        held[name] = field.type === 'checkbox' ? String(field.checked) : field.value
      }
    }
    return held
  })
}

/** Gives every such field a value that it does not have: types, ticks and chooses, as a person would. */
export async function fillAll(page: Page): Promise<void> {
  for (const field of await page.locator('form [name]:not([type=hidden], [hidden])').all()) {
    if (!(await field.isVisible())) continue
    const { tag, type } = await field.evaluate((element) => ({
      tag: element.tagName,
      type: (element as HTMLInputElement).type,
    }))
    if (tag === 'SELECT') await field.selectOption({ index: 2 })
    else if (type === 'checkbox') await field.setChecked(!(await field.isChecked()))
    else if (type === 'datetime-local') await field.fill('2026-11-27T08:30')
    else await field.fill('typed early')
  }
}
