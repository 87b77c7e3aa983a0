import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openTasks } from './support/journeys.ts'
import {
  checkbox,
  deleteButton,
  editLink,
  errorBox,
  expectTitles,
  waitForHydration,
} from './support/pages.ts'
import { expect, test } from './support/test.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
]

// A colour that is still on its way to the other theme is no finding.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** No finding on the page as it is, narrow and wide, by day and by night. */
async function expectAccessible(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
      const found = violations.map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.map(({ html }) => html),
      }))
      expect(found, `${size.width} px, ${colorScheme}`).toEqual([])
    }
  }
}

for (const path of ['/', '/signup', '/login']) {
  test(`${path} has no barrier`, async ({ page }) => {
    await page.goto(path)
    await waitForHydration(page)
    await expectAccessible(page)
  })
}

for (const [path, button] of [
  ['/signup', 'Create account'],
  ['/login', 'Log in'],
] as const) {
  test(`${path} has no barrier with its errors`, async ({ page }) => {
    await page.goto(path)
    await page.getByRole('button', { name: button }).click()
    await expect(errorBox(page)).toBeFocused()
    await expectAccessible(page)
  })
}

test('a page that does not exist has no barrier', async ({ page, expectProblems }) => {
  expectProblems(/status of 404/)
  await openTasks(page)
  const answer = await page.goto('/nothing-here')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expectAccessible(page)
})

test('an empty list has no barrier', async ({ page }) => {
  await openTasks(page)
  await expectAccessible(page)
})

test('a full list has no barrier', async ({ page }) => {
  await openTasks(page, ['Done', 'To do'])
  await checkbox(page, 'Done').click()
  await expect(checkbox(page, 'Done')).toBeChecked()
  await expectAccessible(page)
})

test('the notice of a deleted task has no barrier', async ({ page }) => {
  await openTasks(page, ['To delete', 'To do'])
  await deleteButton(page, 'To delete').click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectTitles(page, ['To do'])
  await expectAccessible(page)
})

test('an open editor has no barrier', async ({ page }) => {
  await openTasks(page, ['One', 'Two'])
  await editLink(page, 'One').click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expectAccessible(page)
})

test('an editor with errors has no barrier', async ({ page }) => {
  await openTasks(page, ['One', 'Two'])
  await editLink(page, 'One').click()
  await page.getByLabel('Title').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(errorBox(page)).toBeFocused()
  await expectAccessible(page)
})
