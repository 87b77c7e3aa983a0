import type { Locator, Page } from '@playwright/test'
import { waitForHydration } from './pages.ts'

/** Sets a field as a password manager may do: React receives these events only. */
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

/** Opens a page without its scripts. @returns a function that loads them and waits for hydration */
export async function openBeforeScripts(page: Page, path: string): Promise<() => Promise<void>> {
  const scripts = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'domcontentloaded' })
  await page.getByRole('contentinfo').waitFor()
  return async () => {
    scripts.resolve()
    await waitForHydration(page)
  }
}

/** The values of all editable fields on the page, by form and name. */
export function readFields(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const values: Record<string, string> = {}
    for (const form of document.forms) {
      for (const field of form.elements as unknown as Iterable<HTMLInputElement>) {
        if (!field.name || field.type === 'hidden' || field.type === 'submit') continue
        const name = `${form.getAttribute('name')} ${field.name}`
        values[name] = field.type === 'checkbox' ? String(field.checked) : field.value
      }
    }
    return values
  })
}

/** Changes the value of every visible field, as a user would. */
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
