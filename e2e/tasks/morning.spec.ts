import type { Page } from '@playwright/test'
import { daysBefore } from '#lib/time.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, expectTitles, untilSaved, waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

/** Not today, whatever the day is. */
const DATE = daysBefore(new Date(), -10).getUTCDate()
const LINES = [
  'Call Ines tomorrow at 9',
  `Pay rent every month on the ${DATE}th`,
  'Send the invoice in 3 days',
  'Clean the bicycle',
  'Water the ferns every day',
  'Buy stamps',
  'Book a table',
  'Read chapter four p1',
  'Renew the passport',
  'Write to Ole',
]
const TITLES = [
  ...['Write to Ole', 'Renew the passport', 'Read chapter four', 'Book a table', 'Buy stamps'],
  ...['Water the ferns', 'Clean the bicycle', 'Send the invoice', 'Pay rent', 'Call Ines'],
]
const TODAY = TITLES.slice(0, 7)

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const control = page.getByLabel(name, { exact: true })
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    if (await control.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not reach “${name}”`)
}

test('a morning by keyboard alone: ten tasks are added, ordered, completed, postponed, found and finished', async ({
  page,
}) => {
  await logIn(page, await createAccount(), { path: '/tasks?view=today' })
  const { keyboard } = page
  const press = async (...keys: string[]) => {
    for (const key of keys) await keyboard.press(key)
  }

  await press('n')
  await expect(page.getByLabel('New task')).toBeFocused()
  for (const line of LINES) await untilSaved(page, () => keyboard.type(`${line}\n`))
  await expect(page.getByRole('listitem')).toHaveCount(TODAY.length)
  await press('Escape', 'Tab', 'g', 'i')
  await expect(page).toHaveURL('/tasks?view=inbox')
  await expectTitles(page, TITLES)

  // The own order: what has to be first.
  await press('j', 'j')
  await expect(checkbox(page, 'Renew the passport')).toBeFocused()
  await untilSaved(page, () => keyboard.press('Alt+ArrowUp'))
  await expectTitles(page, ['Renew the passport', 'Write to Ole'].concat(TITLES.slice(2)))
  await expect(checkbox(page, 'Renew the passport')).toBeFocused()
  await untilSaved(page, () => keyboard.press('Alt+ArrowDown'))
  await expectTitles(page, TITLES)
  await expect(checkbox(page, 'Renew the passport')).toBeFocused()

  // One is done, and one that repeats is done for today.
  await untilSaved(page, () => keyboard.press('Space'))
  await press('j', 'j', 'j', 'j')
  await expect(checkbox(page, 'Water the ferns').first()).toBeFocused()
  await untilSaved(page, () => keyboard.press('Space'))
  await press('g', 't')
  const open = ['Clean the bicycle', 'Buy stamps', 'Book a table', 'Read chapter four', 'Write to Ole']
  await expectTitles(page, open)

  // Three are postponed, and then are not.
  await press('j', 'x')
  await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible()
  await press('j', 'x', 'j', 'x')
  await tabTo(page, 'Change')
  await keyboard.type('Due tom')
  await press('Tab', 'Enter')
  await expectTitles(page, ['Read chapter four', 'Write to Ole'])
  await untilSaved(page, () => keyboard.press('z'))
  await expectTitles(page, open)

  await press('/')
  await keyboard.type('invoice\n')
  await expectTitles(page, ['Send the invoice'])
  // A search loads the page.
  await waitForHydration(page)
  await press('Escape', 'Tab', 'j')
  await expect(checkbox(page, 'Send the invoice')).toBeFocused()
  await untilSaved(page, () => keyboard.press('Space'))
  await press('g', 't')
  await expectTitles(page, open)
  for (const title of open) {
    await press('j')
    await expect(checkbox(page, title)).toBeFocused()
    await untilSaved(page, () => keyboard.press('Space'))
  }
  await press('g', 'd')
  await expect(page.getByRole('listitem')).toHaveCount(8)
  await press('g', 't')
  await expect(page.getByText('Nothing due today')).toBeVisible()
})
