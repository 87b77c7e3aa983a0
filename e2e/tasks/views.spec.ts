import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call } from '../support/api.ts'
import { createAccount, createTask, logIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import { addTask, checkbox, deleteButton, editLink, expectTitles, untilSaved } from '../support/pages.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Accounts without a time zone have the days of UTC. */
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

async function createList({ token }: Account, name: string): Promise<string> {
  const answer = await call<{ data: { id: string } }>('/api/me/lists', { token, json: { name } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}

async function make({ token }: Account, title: string, fields: object): Promise<void> {
  const answer = await call('/api/me/tasks', { token, json: { title, ...fields } })
  expect(answer.status, answer.text).toBe(201)
}

/** A task of every kind, the last one newest. */
async function createWorld() {
  const account = await createAccount(['In the Inbox'])
  const home = await createList(account, 'Home')
  await make(account, 'Overdue', { due_on: dayIn(-1), priority: 1, labels: ['money'] })
  await make(account, 'Due today', { due_on: dayIn(0), due_time: '09:30', list_id: home })
  await make(account, 'Due tomorrow', { due_on: dayIn(1), labels: ['money', 'phone'] })
  await make(account, 'Due later', { due_on: dayIn(40), description: 'About the ferns' })
  return { account, home }
}

function heading(page: Page, name: string, level = 2) {
  return page.getByRole('heading', { name, level })
}

/** In a wide window the links are in a sidebar. */
async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name }).click()
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('each view has its tasks, under headings, and its link is the current one', async ({ page }) => {
      const { account } = await createWorld()
      await logIn(page, account)
      await expectTitles(page, ['Due later', 'Due tomorrow', 'Due today', 'Overdue', 'In the Inbox'])

      await follow(page, 'Today')
      await expect(page).toHaveURL('/tasks?view=today')
      await expect(heading(page, 'Today', 1)).toBeVisible()
      await expectTitles(page, ['Overdue', 'Due today'])
      await expect(heading(page, 'Overdue')).toHaveText('Overdue 1')
      await expect(heading(page, 'Today', 2)).toHaveText('Today 1')
      await expect(page.getByRole('listitem').filter({ hasText: 'Due today' })).toContainText('09:30')
      const link = page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Today' })
      await expect(link).toHaveAttribute('aria-current', 'page')
      await expect(link).toHaveText('Today2')

      await follow(page, 'Upcoming')
      await expectTitles(page, ['Due tomorrow', 'Due later'])
      await expect(heading(page, 'Tomorrow')).toBeVisible()
      await follow(page, 'Inbox')
      await expectTitles(page, ['Due later', 'Due tomorrow', 'Overdue', 'In the Inbox'])
      await follow(page, 'Home')
      await expect(heading(page, 'Home', 1)).toBeVisible()
      await expectTitles(page, ['Due today'])
      await expect(page).toHaveTitle(/^Home/)
    })

    test('a completed task is below the open ones of its day, and in the view of done tasks', async ({
      page,
    }) => {
      await logIn(page, await createAccount(['Bread', 'Milk']))
      await untilSaved(page, () => checkbox(page, 'Milk').click())
      await expect(checkbox(page, 'Milk')).toBeChecked()
      await page.goto('/tasks')
      await expectTitles(page, ['Bread', 'Milk'])
      await expect(heading(page, 'Done today')).toBeVisible()
      await expect(checkbox(page, 'Milk')).toBeChecked()
      await follow(page, 'Done')
      await expectTitles(page, ['Milk'])
      await untilSaved(page, () => checkbox(page, 'Milk').click())
      await page.goto('/tasks?view=done')
      await expect(page.getByText('Nothing done yet')).toBeVisible()
    })

    test('a new task gets what the place has: a day, a list, a label', async ({ page }) => {
      const { account, home } = await createWorld()
      const places: [string, Record<string, unknown>][] = [
        ['view=today', { due_on: dayIn(0) }],
        ['view=upcoming', { due_on: dayIn(1) }],
        ['view=inbox', { due_on: null, list_id: null }],
        [`list=${home}`, { list_id: home }],
        ['label=phone&priority=3', { labels: ['phone'], priority: 3 }],
      ]
      await logIn(page, account, { path: null })
      for (const [place, fields] of places) {
        await page.goto(`/tasks?${place}`)
        await untilSaved(page, () => addTask(page, 'New here'))
        await expect(checkbox(page, 'New here')).toBeEnabled()
        await expect(page).toHaveURL(`/tasks?${place}`)
        const { body } = await call<{ data: { id: string }[] }>('/api/me/tasks?limit=1', account)
        expect(body.data[0]).toMatchObject(fields)
        await call(`/api/me/tasks/${body.data[0]!.id}`, { method: 'DELETE', token: account.token })
      }
    })

    test('a search finds titles and descriptions, and filters are removed one by one', async ({ page }) => {
      const { account } = await createWorld()
      await logIn(page, account)
      await page.getByRole('searchbox', { name: 'Search' }).fill('FERNS')
      await page.getByRole('searchbox', { name: 'Search' }).press('Enter')
      await expect(page).toHaveURL('/tasks?q=FERNS')
      await expect(heading(page, 'Search', 1)).toBeVisible()
      await expectTitles(page, ['Due later'])
      await page.getByRole('link', { name: 'Remove filter “FERNS”' }).click()
      await expect(page).toHaveURL('/tasks')

      await page.getByRole('listitem').filter({ hasText: 'Due tomorrow' }).getByText('money').click()
      await expect(page).toHaveURL('/tasks?label=money')
      await expectTitles(page, ['Due tomorrow', 'Overdue'])
      await page.goto('/tasks?label=money&priority=1')
      await expectTitles(page, ['Overdue'])
      await page.getByRole('link', { name: 'Remove filter money' }).click()
      await expect(page).toHaveURL('/tasks?priority=1')
      await page.goto('/tasks?q=nothing+at+all')
      await expect(page.getByText('No task matches')).toBeVisible()
      await expect(page.getByLabel('New task')).toHaveCount(0)
    })

    test('the order is chosen in a menu, and stays with changes', async ({ page }) => {
      const { account } = await createWorld()
      await logIn(page, account)
      await page.getByRole('main').getByText('Sort').click()
      await page.getByRole('link', { name: 'Due date' }).click()
      await expect(page).toHaveURL('/tasks?sort=due')
      const titles = ['Overdue', 'Due today', 'Due tomorrow', 'Due later', 'In the Inbox']
      await expectTitles(page, titles)
      await deleteButton(page, 'Due today').click()
      await expectTitles(
        page,
        titles.filter((title) => title !== 'Due today'),
      )
      await expect(page).toHaveURL('/tasks?sort=due')
    })

    test('parts of an address that are wrong are named, and the rest counts', async ({ page }) => {
      await logIn(page, await createAccount(['Milk']), { path: null })
      await page.goto('/tasks?view=yesterday&sort=&priority=9&q=mil&cursor=%00')
      await expect(page.getByRole('status')).toHaveText(/we ignored them: view, priority, cursor/)
      await expectTitles(page, ['Milk'])
    })

    test('in a narrow window a menu has the views, and the first task is in the upper third', async ({
      page,
    }) => {
      await page.setViewportSize({ width: 320, height: 640 })
      await logIn(page, await createAccount(['Milk']))
      const { y } = (await checkbox(page, 'Milk').boundingBox())!
      expect(y).toBeLessThan(640 / 3)
      const today = page.getByRole('link', { name: 'Today' })
      await expect(today).toBeHidden()
      await page.getByText('Lists', { exact: true }).click()
      await today.click()
      await expect(page).toHaveURL('/tasks?view=today')
      await expect(heading(page, 'Today', 1)).toBeVisible()
      await expect(today).toBeHidden()
    })
  })
}

test('a ticked task stays in its place until the view changes', async ({ page }) => {
  await logIn(page, await createAccount(['Bread', 'Milk']))
  await untilSaved(page, () => checkbox(page, 'Milk').click())
  await expectTitles(page, ['Milk', 'Bread'])
  await expect(heading(page, 'Done today')).toHaveCount(0)
  await addTask(page, 'Eggs')
  await expect(checkbox(page, 'Eggs')).toBeEnabled()
  await expectTitles(page, ['Eggs', 'Milk', 'Bread'])
  await untilSaved(page, () => checkbox(page, 'Milk').click())
  await expect(checkbox(page, 'Milk')).not.toBeChecked()
  await untilSaved(page, () => checkbox(page, 'Bread').click())
  await follow(page, 'Inbox')
  await expectTitles(page, ['Eggs', 'Milk'])
  await untilSaved(page, () => checkbox(page, 'Milk').click())
  await expect(checkbox(page, 'Milk')).toBeChecked()
  await follow(page, 'All')
  await expectTitles(page, ['Eggs', 'Milk', 'Bread'])
  await expect(heading(page, 'Done today')).toBeVisible()
})

test('the next turn of a ticked task comes below it, and leaves the tick where it was made', async ({
  page,
}) => {
  const account = await createAccount(['Bread'])
  await make(account, 'Water', { due_on: dayIn(0), repeat: { rule: 'FREQ=DAILY' } })
  for (const path of ['/tasks', '/tasks?sort=due']) {
    await logIn(page, account, { path })
    const place = await checkbox(page, 'Water').boundingBox()
    await untilSaved(page, () => checkbox(page, 'Water').click())
    await expect(checkbox(page, 'Water')).toHaveCount(2)
    expect(await checkbox(page, 'Water').first().boundingBox()).toEqual(place)
    await untilSaved(page, () => checkbox(page, 'Water').first().click())
    await expect(checkbox(page, 'Water')).toHaveCount(1)
  }
})

test('the menu of a narrow window closes by Esc and by a click outside', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await logIn(page, await createAccount())
  const summary = page.getByText('Lists', { exact: true })
  const today = page.getByRole('link', { name: 'Today' })
  await summary.click()
  await today.focus()
  await page.keyboard.press('Escape')
  await expect(today).toBeHidden()
  await expect(summary).toBeFocused()
  await summary.click()
  await page.mouse.click(20, 600)
  await expect(today).toBeHidden()
})

test('the empty page of an account whose tasks are done offers no import', async ({ page }) => {
  const account = await createAccount(['Milk'])
  await query("UPDATE tasks SET completed_at = now() - interval '2 days' WHERE user_id = $1", [
    account.userId,
  ])
  await logIn(page, account)
  await expect(page.getByText('All done')).toBeVisible()
  await expect(page.getByRole('link', { name: 'import your tasks' })).toHaveCount(0)
})

test('the next page of a list takes the focus', async ({ page }) => {
  await logIn(page, await createAccount(Array.from({ length: 3 }, (_, index) => `Task ${index}`)), {
    path: '/tasks?limit=2',
  })
  for (const [name, title] of [
    ['Older tasks', 'Task 0'],
    ['Newest tasks', 'Task 2'],
  ] as const) {
    await page.getByRole('link', { name }).press('Enter')
    await expect(checkbox(page, title)).toBeVisible()
    await expect(page.getByRole('main')).toBeFocused()
  }
})

test('a menu closes when the focus leaves it, and by a link to the page that is open', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await logIn(page, await createAccount(['Milk']), { path: '/tasks?view=inbox' })
  const summary = page.getByText('Lists', { exact: true })
  const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true })
  await summary.click()
  await link('Manage lists').focus()
  await page.keyboard.press('Tab')
  await expect(link('All')).toBeHidden()

  for (const name of [/^Inbox/, 'All']) {
    await summary.click()
    await link(name).press('Enter')
    await expect(link(name)).toBeHidden()
    await expect(summary).toBeFocused()
  }
  await expect(page).toHaveURL('/tasks')

  const sort = page.getByRole('main').getByText('Sort', { exact: true })
  for (const name of ['Newest first', 'Due date']) {
    await sort.click()
    await link(name).press('Enter')
    await expect(link(name)).toBeHidden()
    await expect(sort).toBeFocused()
  }
})

test('another user’s list is a page that does not exist', async ({ page, expectProblems }) => {
  expectProblems(/status of 404/)
  const list = await createList(await createAccount(), 'Secret')
  await logIn(page, await createAccount())
  for (const id of [list, '01234567-89ab-7def-8123-456789abcdef']) {
    const answer = await page.goto(`/tasks?list=${id}`)
    expect(answer?.status()).toBe(404)
    expect(await answer?.text()).not.toContain('Secret')
  }
})

test('a link to a list that is deleted meanwhile leads to the 404 page without loading a document', async ({
  page,
  context,
}) => {
  await stopLiveChanges(context)
  const account = await createAccount()
  const list = await createList(account, 'Home')
  await logIn(page, account)
  await call(`/api/me/lists/${list}`, { method: 'DELETE', token: account.token })
  await page.evaluate(() => {
    document.documentElement.dataset.stays = 'true'
  })
  await follow(page, 'Home')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-stays', 'true')
})

test('views, filters and the open menus have no accessibility violations', async ({ page }) => {
  const { account, home } = await createWorld()
  await createTask(account, 'לקנות חלב (2 ליטר)')
  await logIn(page, account, { path: null })
  for (const place of ['view=today', 'view=upcoming', `list=${home}`, 'label=money&priority=1', 'q=due']) {
    await page.goto(`/tasks?${place}`)
    await expectNoViolations(page)
  }
  await page.getByRole('main').getByText('Sort').click()
  await expectNoViolations(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/tasks?view=done')
  await page.getByText('Lists', { exact: true }).click()
  await expectNoViolations(page)
  await expect(editLink(page, 'Due today')).toHaveCount(0)
})
