import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call } from '../support/api.ts'
import { fillLogIn, openTasks } from '../support/journeys.ts'
import {
  addTask,
  deleteButton,
  errorBox,
  expectTitles,
  holdForms,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

type Saved = { title: string; list_id: string | null; due_on: string | null; labels: string[] }

/** Accounts without a time zone have the days of UTC. */
const today = () => new Date().toISOString().slice(0, 10)

const field = (page: Page) => page.getByLabel('New task')
const chips = (page: Page) => page.getByRole('button', { name: /^Ignore / })
const news = (page: Page) => page.locator('form[name="add-task"] [aria-live]')

async function savedTasks({ token }: Account): Promise<Saved[]> {
  return (await call<{ data: Saved[] }>('/api/me/tasks', { token })).body.data
}

async function createList({ token }: Account, name: string): Promise<string> {
  const answer = await call<{ data: { id: string } }>('/api/me/lists', { token, json: { name } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}

/** The clipboard of a headless browser belongs to all its pages. */
async function paste(page: Page, text: string): Promise<void> {
  await field(page).focus()
  await field(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a line becomes a task with its day, list and labels, and one undo takes back all of it', async ({
      page,
    }) => {
      const account = await openTasks(page)
      await untilSaved(page, () => addTask(page, 'Pay rent today #Home @money p1'))
      await expectTitles(page, ['Pay rent'])
      await expect(page.getByRole('listitem').filter({ hasText: 'Pay rent' })).toContainText('Home')
      expect(await savedTasks(account)).toMatchObject([
        { title: 'Pay rent', due_on: today(), labels: ['money'], priority: 1 },
      ])
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await expect(page.getByRole('button', { name: 'Redo', exact: true })).toBeVisible()
      expect(await savedTasks(account)).toEqual([])
      await expect(page.getByRole('navigation', { name: 'Lists' })).not.toContainText('Home')
    })

    test('text in quotation marks, and text without a token, is the title as it is', async ({ page }) => {
      const account = await openTasks(page)
      const titles = ['Read "today #Home"', 'Send  the March invoice to Tom', 'today']
      for (const title of titles) {
        await untilSaved(page, () => addTask(page, title))
        await expect(field(page)).toHaveValue('')
      }
      await expect(deleteButton(page, 'today')).toBeVisible()
      expect(await savedTasks(account)).toMatchObject(
        titles.toReversed().map((title) => ({ title, due_on: null, list_id: null })),
      )
    })

    test('a task gets what its place has, unless the line has its own', async ({ page }) => {
      const account = await openTasks(page)
      const [home, work] = [await createList(account, 'Home'), await createList(account, 'Work')]
      await page.goto(`/tasks?list=${home}`)
      await untilSaved(page, () => addTask(page, 'Sweep'))
      await expectTitles(page, ['Sweep'])
      await untilSaved(page, () => addTask(page, 'Write #work'))
      await expectTitles(page, ['Sweep'])
      await page.goto('/tasks?view=today')
      await untilSaved(page, () => addTask(page, 'Swim'))
      await expectTitles(page, ['Swim'])
      await untilSaved(page, () => addTask(page, 'Run 24 dec 2099'))
      await expectTitles(page, ['Swim'])
      expect(await savedTasks(account)).toMatchObject([
        { title: 'Run', due_on: '2099-12-24', list_id: null },
        { title: 'Swim', due_on: today(), list_id: null },
        { title: 'Write', due_on: null, list_id: work },
        { title: 'Sweep', due_on: null, list_id: home },
      ])
    })

    test('a line that is too long keeps its text, and nothing of it is saved', async ({ page }) => {
      const account = await openTasks(page)
      const line = `${'x'.repeat(495)} today`
      await addTask(page, line)
      await expect(field(page)).toHaveAccessibleDescription(/at most 500 characters/)
      await expect(field(page)).toHaveValue(line)
      expect(await savedTasks(account)).toEqual([])
    })

    test('beyond a quota the field keeps its text, and shows what to do', async ({ page }) => {
      const account = await openTasks(page, ['Bread'])
      await query('UPDATE task_counters SET open_tasks = 20000 WHERE user_id = $1', [account.userId])
      await addTask(page, 'Milk today')
      await expect(field(page)).toHaveAccessibleDescription(
        'Error: You can have 20,000 open tasks. Complete or delete some, then add this again.',
      )
      await expect(field(page)).toHaveValue('Milk today')
      await expect(errorBox(page)).toHaveCount(0)
    })
  })
}

test('what is read is shown below the field, is announced once, and is taken back into the title', async ({
  page,
}) => {
  const account = await openTasks(page, ['Stays'])
  await createList(account, 'Home')
  await page.reload()
  await waitForHydration(page)
  await field(page).pressSequentially('Today Call Bob')
  await expect(chips(page)).toHaveText(['Today'])
  await expect(news(page)).toHaveText('Today')
  await field(page).pressSequentially(' #home ')
  await expect(chips(page)).toHaveText(['Today', '#Home'])
  await expect(news(page)).toHaveText('#Home')
  await field(page).pressSequentially('#Garden @phone')
  await expect(chips(page)).toHaveText(['Today', '#Home', '@phone'])
  await expect(news(page)).toHaveText('@phone')
  await field(page).press('Escape')
  await expect(chips(page)).toHaveText(['Today', '#Home'])
  await expect(news(page)).toHaveText('“@phone” stays in the title')

  const row = await deleteButton(page, 'Stays').boundingBox()
  await page.getByRole('button', { name: 'Ignore #Home' }).click()
  await expect(field(page)).toBeFocused()
  await expect(chips(page)).toHaveText(['Today', 'New list Garden'])
  await page.getByRole('button', { name: 'Ignore New list Garden' }).click()
  await page.getByRole('button', { name: 'Ignore Today' }).click()
  await expect(chips(page)).toHaveCount(0)
  expect(await deleteButton(page, 'Stays').boundingBox()).toEqual(row)

  await field(page).press('Enter')
  await expect(chips(page)).toHaveCount(0)
  await expectTitles(page, ['Today Call Bob #home #Garden @phone', 'Stays'])
  await expect(deleteButton(page, 'Today Call Bob #home #Garden @phone')).toBeVisible()
  expect((await savedTasks(account))[0]).toMatchObject({ due_on: null, list_id: null, labels: [] })

  // What was ignored is read in the next line.
  await field(page).pressSequentially('Call Ann today')
  await expect(chips(page)).toHaveText(['Today'])
})

test('a token that is typed anew is read again', async ({ page }) => {
  await openTasks(page)
  await field(page).pressSequentially('Call Bob today')
  await page.getByRole('button', { name: 'Ignore Today' }).click()
  await field(page).press('Backspace')
  await page.waitForTimeout(300)
  await field(page).pressSequentially('y')
  await expect(chips(page)).toHaveText(['Today'])
})

test('the row that is shown before the server has responded has no tokens', async ({ page }) => {
  await openTasks(page)
  const decide = await holdForms(page)
  await field(page).fill('Pay rent tomorrow #Home')
  await expect(chips(page)).toHaveCount(2)
  await field(page).press('Enter')
  await expect(page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')).toHaveText('Pay rent')
  await decide('continue')
  await expect(deleteButton(page, 'Pay rent')).toBeVisible()
})

test('pasted lines become tasks in their order, and one undo takes back all of them', async ({ page }) => {
  const account = await openTasks(page, ['Stays'])
  await field(page).fill('Buy: ')
  await paste(page, 'Milk today\r\n\r\nBread #Shop\r\nEggs today\r\n')
  await expect(field(page)).toHaveValue('Buy: Milk today\n\nBread #Shop\nEggs today\n')
  await expect(field(page)).toBeFocused()
  await expect(chips(page)).toHaveText(['Today', 'New list Shop'])
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Add 3 tasks' }).click()
  await expectTitles(page, ['Buy: Milk', 'Bread', 'Eggs', 'Stays'])
  await expect(page.getByRole('status')).toContainText('3 tasks')
  await expect(page.getByRole('button', { name: 'Add task' })).toBeVisible()
  await expect(field(page)).toHaveValue('')
  const [milk, bread] = await savedTasks(account)
  expect([milk?.due_on, bread?.due_on]).toEqual([today(), null])
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expectTitles(page, ['Stays'])
})

test('lines are added from the keyboard, and the field is one line again when it is empty', async ({
  page,
}) => {
  await openTasks(page)
  await paste(page, 'Milk\nBread')
  await expect(page.getByRole('textbox', { name: 'New task' })).toHaveJSProperty('tagName', 'TEXTAREA')
  await field(page).press('Enter')
  await field(page).pressSequentially('Eggs')
  await field(page).press('ControlOrMeta+Enter')
  await expectTitles(page, ['Milk', 'Bread', 'Eggs'])
  await expect(field(page)).toBeFocused()
  await paste(page, 'Milk\nBread')
  await field(page).fill('')
  await expect(field(page)).toHaveJSProperty('tagName', 'INPUT')
  await field(page).pressSequentially('Butter\n')
  await expectTitles(page, ['Butter', 'Milk', 'Bread', 'Eggs'])
})

test('a text of more than 64 KiB stays in the field, and a shorter one is added after any refusal', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of 413/)
  const account = await openTasks(page)
  const add = page.getByRole('button', { name: /^Add \d+ tasks$/ })
  const lines = Array.from({ length: 100 }, (_, index) => `${index} ${'字'.repeat(230)}`)
  await paste(page, lines.join('\n'))
  await add.click()
  await expect(errorBox(page)).toContainText(
    'at most 64 KiB in one request, which is 16,000 characters or more',
  )
  await expect(field(page)).toHaveValue(lines.join('\n'))
  // Twice this text would exceed the limit: the second try must not send the first one as well.
  const half = lines.slice(0, 48)
  await field(page).fill([...half, 'x'.repeat(501)].join('\n'))
  await add.click()
  await expect(field(page)).toHaveAccessibleDescription(/must be at most 500 characters long/)
  await field(page).fill(half.join('\n'))
  await untilSaved(page, () => add.click())
  expect((await savedTasks(account)).map(({ title }) => title)).toEqual(half)
})

test('too many and too long lines stay in the field, with what was ignored', async ({ page }) => {
  await openTasks(page)
  const lines = Array.from({ length: 101 }, (_, index) => `Task ${index + 1} today`)
  await paste(page, lines.join('\n'))
  await page.getByRole('button', { name: 'Ignore Today' }).click()
  await expect(chips(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Add 101 tasks' }).click()
  await expect(field(page)).toHaveAccessibleDescription(/These are 101 lines. Add up to 100 at a time./)
  await expect(field(page)).toHaveValue(lines.join('\n'))
  await expect(field(page)).toBeFocused()
  await page.waitForTimeout(300)
  await expect(chips(page)).toHaveCount(0)
  await field(page).fill(`Milk\n${'x'.repeat(501)}`)
  await page.getByRole('button', { name: 'Add 2 tasks' }).click()
  await expect(field(page)).toHaveAccessibleDescription(
    /The line “x{20}…” must be at most 500 characters long./,
  )
  await expect(field(page)).toHaveValue(`Milk\n${'x'.repeat(501)}`)
})

test('lines that do not reach the server come back before what was typed since', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/Failed to load resource: net::ERR_FAILED/)
  await openTasks(page)
  const decide = await holdForms(page)
  await field(page).fill('On a train today')
  await field(page).press('Enter')
  await field(page).pressSequentially('In a tunnel')
  await decide('abort')
  await expect(errorBox(page)).toBeVisible()
  await expect(field(page)).toHaveValue('On a train today\nIn a tunnel')
  await page.getByRole('button', { name: 'Add 2 tasks' }).click()
  await expectTitles(page, ['On a train', 'In a tunnel'])
})

test('several lines are back after a log-in, with what was ignored', async ({ page, expectProblems }) => {
  expectProblems(/status of 401/)
  const account = await openTasks(page)
  await paste(page, 'Milk today\nBread tomorrow')
  await page.getByRole('button', { name: 'Ignore Today' }).click()
  await call('/api/me/sessions', { method: 'DELETE', token: account.token })
  await page.getByRole('button', { name: 'Add 2 tasks' }).click()
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  await fillLogIn(page, account)
  await expect(field(page)).toHaveValue('Milk today\nBread tomorrow')
  await expect(chips(page)).toHaveText(['Tomorrow'])
  await page.getByRole('button', { name: 'Add 2 tasks' }).click()
  await expectTitles(page, ['Milk today', 'Bread'])
})

test('text that was typed before the page was ready is read as soon as it is', async ({ page }) => {
  const account = await openTasks(page)
  const release = Promise.withResolvers<void>()
  await page.route(/\.js(\?|$)/, async (route) => {
    await release.promise
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await field(page).fill('Call Bob today')
  release.resolve()
  await expect(chips(page)).toHaveText(['Today'])
  await expect(field(page)).toHaveValue('Call Bob today')
  await field(page).press('Enter')
  await expectTitles(page, ['Call Bob'])
  await expect.poll(() => savedTasks(account)).toMatchObject([{ title: 'Call Bob', due_on: today() }])
})

test('where the grammar does not load, the server reads the line', async ({ page, expectProblems }) => {
  expectProblems(/Failed to load resource: net::ERR_FAILED/)
  const account = await openTasks(page)
  await page.route(/\.js(\?|$)/, (route) => route.abort())
  await field(page).fill('Call Bob today')
  await field(page).press('Enter')
  await expect(deleteButton(page, 'Call Bob')).toBeVisible()
  expect(await savedTasks(account)).toMatchObject([{ due_on: today() }])
})

test('the field with what was read has no accessibility violations', async ({ page }) => {
  await openTasks(page, ['Bread'])
  await field(page).fill('Pay rent #Home @money p1 every month on the 1st at 9 from 20 dec @"לקנות חלב"')
  await expect(chips(page)).toHaveCount(7)
  await expectNoViolations(page)
})
