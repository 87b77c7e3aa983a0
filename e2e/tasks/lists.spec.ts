import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call } from '../support/api.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { untilLive } from '../support/live.ts'
import { addTask, expectTitles, untilSaved } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const PATH = '/tasks/lists'

async function openLists(page: Page, names: string[]): Promise<Account> {
  const account = await createAccount()
  for (const name of names) await call('/api/me/lists', { token: account.token, json: { name } })
  await logIn(page, account, { path: PATH })
  return account
}

const rows = (page: Page) => page.getByRole('main').getByRole('list', { name: 'Lists' }).getByRole('listitem')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function expectNames(page: Page, names: string[]): Promise<void> {
  await expect(rows(page)).toHaveCount(names.length)
  if (names.length > 0) await expect(rows(page)).toContainText(names)
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('lists are added, renamed, moved, archived and restored, and are in the navigation', async ({
      page,
    }) => {
      await openLists(page, [])
      await expect(page.getByText('No lists yet')).toBeVisible()
      for (const name of ['Home', 'Work', 'Trip']) {
        await page.getByLabel('New list').fill(name)
        await untilSaved(page, () => button(page, 'Add list').click())
        await expect(rows(page).last()).toContainText(name)
      }
      await untilSaved(page, () => button(page, 'Move up: Trip').click())
      await expectNames(page, ['Home', 'Trip', 'Work'])
      await untilSaved(page, () => button(page, 'Move down: Home').click())
      await expectNames(page, ['Trip', 'Home', 'Work'])
      await expect(button(page, 'Move up: Trip')).toBeDisabled()
      await expect(button(page, 'Move down: Work')).toBeDisabled()

      await page.getByText('Rename').first().click()
      await page.getByLabel('Name', { exact: true }).first().fill('Journey')
      await page.getByLabel('Name', { exact: true }).first().press('Enter')
      await expectNames(page, ['Journey', 'Home', 'Work'])
      await expect(page.getByLabel('Name', { exact: true }).first()).toBeHidden()

      await untilSaved(page, () => button(page, 'Archive: Home').click())
      await expectNames(page, ['Journey', 'Work'])
      const navigation = page.getByRole('navigation', { name: 'Lists' })
      await expect(navigation.getByRole('link', { name: 'Home' })).toHaveCount(0)
      await page.getByRole('list', { name: 'Archived' }).getByRole('link', { name: 'Home' }).click()
      await expect(page.getByText('This list is archived.')).toBeVisible()
      await page.getByRole('main').getByRole('link', { name: 'Manage lists' }).click()
      await untilSaved(page, () => button(page, 'Restore: Home').click())
      await expect(navigation.getByRole('link', { name: 'Home' })).toBeVisible()
      await expect(page).toHaveURL(PATH)
    })
  })
}

test('a deleted list leaves its tasks in the Inbox, and one “Undo” brings all back', async ({ page }) => {
  await openLists(page, ['Home'])
  await rows(page).getByRole('link', { name: 'Home' }).click()
  await untilSaved(page, () => addTask(page, 'Paint the door'))
  await page.goto(PATH)
  await expect(rows(page).getByRole('link')).toHaveText('Home 1')
  await button(page, 'Delete: Home').click()
  await expectNames(page, [])
  await page.goto('/tasks?view=inbox')
  await expectTitles(page, ['Paint the door'])
  await button(page, 'Undo').click()
  await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Home' }).click()
  await expectTitles(page, ['Paint the door'])
})

test('names that are empty or too long are refused, and the typed text stays', async ({ page }) => {
  await openLists(page, ['Home'])
  await page.getByLabel('New list').fill(' ')
  await button(page, 'Add list').click()
  await expect(page.getByLabel('New list')).toHaveAccessibleDescription('Error: Enter a name.')
  await expect(page.getByLabel('New list')).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Lists/)
  await page.getByText('Rename').click()
  await page.getByLabel('Name', { exact: true }).fill('x'.repeat(101))
  await button(page, 'Save').click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/at most 100/)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('x'.repeat(101))
  await page.goto(PATH)
  await expectNames(page, ['Home'])
})

test('forms with the id of another user’s list are refused', async ({ page }) => {
  const other = await createAccount()
  const json = { name: 'Secret' }
  const list = await call<{ data: { id: string } }>('/api/me/lists', { token: other.token, json })
  for (const name of ['Archive: Home', 'Delete: Home', 'Save']) {
    await openLists(page, ['Home'])
    if (name === 'Save') await page.getByText('Rename').click()
    for (const field of await page.locator('button[value], input[name=id]').all()) {
      await field.evaluate((element, id) => element.setAttribute('value', id), list.body.data.id)
    }
    await button(page, name).click()
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(/This list is gone/)
  }
  const lists = await call<{ data: object[] }>('/api/me/lists', other)
  expect(lists.body.data).toEqual([expect.objectContaining({ name: 'Secret', archived_at: null })])
})

test('a moved list keeps the focus of its button, or of the other one at an end', async ({ page }) => {
  await openLists(page, ['Home', 'Work', 'Trip'])
  await button(page, 'Move down: Home').click()
  await expectNames(page, ['Work', 'Home', 'Trip'])
  await expect(button(page, 'Move down: Home')).toBeFocused()
  await page.keyboard.press('Enter')
  await expectNames(page, ['Work', 'Trip', 'Home'])
  await expect(button(page, 'Move up: Home')).toBeFocused()
})

test('the number after a long name is on one line', async ({ page }) => {
  const account = await createAccount()
  const name = 'A list with quite a long name of many words'
  const { body } = await call<{ data: { id: string } }>('/api/me/lists', {
    token: account.token,
    json: { name },
  })
  const operations = Array.from({ length: 100 }, (_, n) => ({
    op: 'create',
    title: `Task ${n}`,
    list_id: body.data.id,
  }))
  await call('/api/me/tasks/batch', { token: account.token, json: { operations } })
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await logIn(page, account, { path: PATH })
    const numbers = page.getByText('100', { exact: true }).filter({ visible: true })
    await expect(numbers.first()).toBeVisible()
    for (const number of await numbers.all()) expect((await number.boundingBox())?.height).toBeLessThan(30)
  }
})

test('the page of lists has no accessibility violations', async ({ page }) => {
  await openLists(page, ['Home', 'W'.repeat(100)])
  await button(page, 'Archive: Home').click()
  await expect(page.getByRole('heading', { name: 'Archived' })).toBeVisible()
  await page.getByText('Rename').first().click()
  await expectNoViolations(page)
})

test('a name that comes from elsewhere leaves an open form as it is', async ({ page }) => {
  const live = untilLive(page)
  const account = await openLists(page, ['Home'])
  await live
  const { body } = await call<{ data: { id: string }[] }>('/api/me/lists', account)
  await page.getByText('Rename').click()
  const field = page.getByLabel('Name', { exact: true })
  await field.fill('House')
  const json = { name: 'Elsewhere' }
  await call(`/api/me/lists/${body.data[0]?.id}`, { method: 'PATCH', token: account.token, json })
  await expectNames(page, ['Elsewhere'])
  await expect(field).toHaveValue('House')
  await field.press('Enter')
  await expectNames(page, ['House'])
  await expect(field).toBeHidden()
  const opener = page.locator('summary', { hasText: 'Rename' })
  await expect(opener).toBeFocused()
  await opener.press('Enter')
  await expect(field).toHaveValue('House')
})

test('no button moves under the pointer when "Rename" opens', async ({ page }) => {
  await openLists(page, ['Home', 'Work'])
  const place = () => button(page, 'Delete: Home').boundingBox()
  const closed = await place()
  await page.getByText('Rename').first().dblclick()
  await expect(page.getByLabel('Name', { exact: true }).first()).toBeVisible()
  expect(await place()).toEqual(closed)
  await expectNames(page, ['Home', 'Work'])
})

test('the focus stays with a list that is moved, archived or restored, and goes to the next one of a deleted', async ({
  page,
}) => {
  await openLists(page, ['Home', 'Work', 'Trip'])
  await untilSaved(page, () => button(page, 'Move up: Trip').press('Enter'))
  await expect(button(page, 'Move up: Trip')).toBeFocused()
  await untilSaved(page, () => button(page, 'Archive: Trip').press('Enter'))
  await expect(button(page, 'Restore: Trip')).toBeFocused()
  await untilSaved(page, () => button(page, 'Restore: Trip').press('Enter'))
  await expect(button(page, 'Move up: Trip')).toBeFocused()
  await untilSaved(page, () => button(page, 'Delete: Trip').press('Enter'))
  await expect(rows(page).getByRole('link', { name: 'Work' })).toBeFocused()
  await untilSaved(page, () => button(page, 'Delete: Work').press('Enter'))
  await expect(rows(page).getByRole('link', { name: 'Home' })).toBeFocused()
  await untilSaved(page, () => button(page, 'Delete: Home').press('Enter'))
  await expect(page.getByLabel('New list')).toBeFocused()
})
