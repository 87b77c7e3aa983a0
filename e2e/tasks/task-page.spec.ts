import type { Page } from '@playwright/test'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call } from '../support/api.ts'
import { createAccount, createTask, deleteTask, fillLogIn, logIn } from '../support/journeys.ts'
import { checkbox, errorBox, expectTitles, untilSaved, waitForHydration } from '../support/pages.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const FIELDS = {
  title: 'Renew the passport',
  description: 'Two photos',
  due_on: '2030-12-24',
  due_time: '09:30',
  start_on: '2030-12-01',
  priority: 1,
  labels: ['office', 'travel'],
}

/** Valid values of the API that fields of a form show in another way. */
const ODD_VALUES = [
  {
    title: 'Ferns\nand “moss”',
    due_on: '1000-01-01',
    due_time: '00:00',
    due_zone: 'Etc/GMT+5',
    start_on: '9999-12-31',
    labels: ['a,b', 'c\\', 'd\ne', '<i>', 'عربي'],
    repeat: { rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;UNTIL=20200101', from: 'completion' },
  },
  { due_on: '9999-12-31', repeat: { rule: 'FREQ=DAILY;COUNT=1' }, priority: 2 },
  { labels: Array.from({ length: 50 }, (_, index) => `${index},`) },
]

async function openTask(page: Page, texts: { title: string; description?: string }, json?: object) {
  const account = await createAccount()
  const id = await createTask(account, texts.title, texts.description)
  if (json) await change(account, id, json)
  await logIn(page, account, { path: `/tasks/${id}` })
  return { account, id }
}

async function change({ token }: Account, id: string, json: object) {
  const answer = await call(`/api/me/tasks/${id}`, { method: 'PATCH', token, json })
  expect(answer.status, answer.text).toBe(200)
}

async function saved({ token }: Account, id: string) {
  return (await call<{ data: object }>(`/api/me/tasks/${id}`, { token })).body.data
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const done = (page: Page) => page.getByRole('checkbox', { name: 'Done' })
const history = (page: Page) => page.getByRole('list', { name: 'History' }).getByRole('listitem')

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('every field of a task is set and cleared, and each change is in its history', async ({ page }) => {
      const { account, id } = await openTask(page, { title: 'Passport' })
      const list = await call<{ data: { id: string } }>('/api/me/lists', {
        token: account.token,
        json: { name: 'Home' },
      })
      await page.reload()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Passport')
      await field(page, 'Title').fill(FIELDS.title)
      await field(page, 'Description').fill(FIELDS.description)
      await field(page, 'List').selectOption('Home')
      await field(page, 'Priority').selectOption('High')
      await field(page, 'Due').fill(FIELDS.due_on)
      await field(page, 'Time').fill(FIELDS.due_time)
      await page.locator('summary').getByText('Time zone').click()
      await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/Lisbon')
      await field(page, 'Start').fill(FIELDS.start_on)
      await field(page, 'Labels').fill('office, travel')
      await field(page, 'Repeat').selectOption('Every year')
      await save(page)
      await expectTitles(page, [FIELDS.title])
      expect(await saved(account, id)).toMatchObject({
        ...FIELDS,
        list_id: list.body.data.id,
        due_zone: 'Europe/Lisbon',
        repeat: { rule: 'FREQ=YEARLY', from: 'due' },
        version: 2,
      })

      await page.goto(`/tasks/${id}`)
      await expect(page.getByText('Next: 24 Dec 2031, 24 Dec 2032, 24 Dec 2033')).toBeVisible()
      await expect(history(page).first()).toContainText('Due day set to 24 Dec 2030')
      await expect(history(page).first()).toContainText(
        'Title changed from “Passport” to “Renew the passport”',
      )
      await expect(history(page).last()).toContainText('Added')
      await field(page, 'Due').fill('')
      await field(page, 'Labels').fill('')
      await field(page, 'Priority').selectOption('None')
      await save(page)
      await expect(page.getByRole('status')).toContainText(/^Changed the due day/)
      expect(await saved(account, id)).toMatchObject({
        due_on: null,
        due_time: null,
        due_zone: null,
        repeat: null,
        labels: [],
        priority: 0,
        start_on: FIELDS.start_on,
      })
      // An undo on the page of the task shows in its fields.
      await page.goto(`/tasks/${id}`)
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(field(page, 'Due')).toHaveValue(FIELDS.due_on)
      await expect(field(page, 'Priority')).toHaveValue('1')
      expect(await saved(account, id)).toMatchObject(FIELDS)
    })

    test('a task is completed, deleted and restored on its page', async ({ page }) => {
      const { account, id } = await openTask(page, { title: 'Ferns' })
      await done(page).click()
      await expect(done(page)).toBeChecked()
      await expect(page).toHaveURL(`/tasks/${id}`)
      await expect(page.getByRole('status')).toHaveText('Completed “Ferns”.')
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(done(page)).not.toBeChecked()

      await page.getByRole('button', { name: 'Delete' }).click()
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByRole('status')).toHaveText('Deleted “Ferns”.')
      if (javaScriptEnabled) await expect(page.getByRole('main')).toBeFocused()
      await page.goto(`/tasks/${id}`)
      await expect(page.getByText('This task is deleted.')).toBeVisible()
      await expect(field(page, 'Title')).toHaveCount(0)
      await page.getByRole('button', { name: 'Restore' }).click()
      await expect(field(page, 'Title')).toHaveValue('Ferns')
      expect(await saved(account, id)).toMatchObject({ title: 'Ferns', is_completed: false })
    })

    test('errors are at their fields, and what was typed stays', async ({ page }) => {
      await openTask(page, { title: 'Ferns' })
      await field(page, 'Title').fill(' ')
      await field(page, 'Labels').fill('x'.repeat(51))
      await save(page)
      await expect(field(page, 'Title')).toBeFocused()
      await expect(page).toHaveTitle(/^Error: Ferns/)
      await expect(field(page, 'Title')).toHaveAccessibleDescription('Error: Enter a title.')
      await expect(field(page, 'Labels')).toHaveAccessibleDescription(/at most 50 characters/)
      await field(page, 'Title').fill('Ferns')
      await field(page, 'Labels').fill('home')
      await field(page, 'Time').fill('09:30')
      await save(page)
      await expect(field(page, 'Due')).toBeFocused()
      await expect(field(page, 'Due')).toHaveAccessibleDescription('Error: Choose a day for this time.')
      await expect(field(page, 'Labels')).toHaveValue('home')
      await field(page, 'Due').fill('2030-01-02')
      await field(page, 'Start').fill('2030-01-03')
      await save(page)
      await expect(field(page, 'Start')).toBeFocused()
      const startError = 'Error: Choose a start day on or before the due day.'
      await expect(field(page, 'Start')).toHaveAccessibleDescription(startError)
      await field(page, 'Start').fill('2030-01-02')
      await field(page, 'Repeat').selectOption('Custom rule')
      if (!javaScriptEnabled) await page.locator('summary').getByText('Custom rule').click()
      await field(page, 'Rule').fill('often')
      await save(page)
      await expect(field(page, 'Rule')).toBeFocused()
      await expect(field(page, 'Rule')).toHaveAccessibleDescription(/Error: Enter days such as/)
      await field(page, 'Rule').fill('FREQ=DAILY;UNTIL=20200101')
      await save(page)
      await expect(field(page, 'Repeat')).toBeFocused()
      await expect(field(page, 'Repeat')).toHaveAccessibleDescription(
        /Error: This repetition has no further day/,
      )
      await field(page, 'Rule').fill('every other day')
      await field(page, 'Interval').fill('3')
      await save(page)
      await expect(field(page, 'Interval')).toBeFocused()
      await expect(field(page, 'Interval')).toHaveAccessibleDescription(/Error: The custom rule has its own/)
      await field(page, 'Interval').fill('')
      await save(page)
      await expectTitles(page, ['Ferns'])
    })

    test('a rule that the user writes is used, and starts as the saved one', async ({ page }) => {
      const rule = 'FREQ=WEEKLY;BYDAY=TU,TH'
      const { account, id } = await openTask(page, { title: 'Ferns' }, { due_on: '2030-01-01' })
      if (javaScriptEnabled) await waitForHydration(page)
      await page.locator('summary').getByText('Custom rule').click()
      await field(page, 'Rule').fill(rule)
      if (javaScriptEnabled) {
        await expect(page.getByText(/^Every week on Tuesday and Thursday. Next: 3 Jan/)).toBeVisible()
      } else {
        await save(page)
        await expect(field(page, 'Repeat')).toBeFocused()
        await expect(field(page, 'Repeat')).toHaveAccessibleDescription(/^Error: Choose “Custom rule” to use/)
        await expect(field(page, 'Rule')).toHaveValue(rule)
        await field(page, 'Repeat').selectOption('Custom rule')
      }
      await save(page)
      await expectTitles(page, ['Ferns'])
      expect(await saved(account, id)).toMatchObject({ repeat: { rule } })

      await page.goto(`/tasks/${id}`)
      if (javaScriptEnabled) await waitForHydration(page)
      await field(page, 'Repeat').selectOption('Custom rule')
      if (!javaScriptEnabled) await page.locator('summary').getByText('Custom rule').click()
      await expect(field(page, 'Rule')).toHaveValue(rule)
      await field(page, 'Rule').fill('every 2nd Tuesday of the month')
      await save(page)
      await expectTitles(page, ['Ferns'])
      expect(await saved(account, id)).toMatchObject({ repeat: { rule: 'FREQ=MONTHLY;BYDAY=2TU' } })
    })
  })
}

test('Save and Cancel return to the list that the page was opened from', async ({ page }) => {
  const account = await createAccount(['Bread'])
  const id = await createTask(account, 'Ferns')
  const from = '/tasks?limit=10'
  await logIn(page, account, { path: `/tasks/${id}?from=${encodeURIComponent(from)}` })
  await field(page, 'Title').fill('Other')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).toHaveURL(from)
  await expectTitles(page, ['Ferns', 'Bread'])
  await page.goBack()
  await field(page, 'Title').fill('Water the ferns')
  await field(page, 'Title').press('Enter')
  await expect(page).toHaveURL(from)
  await expectTitles(page, ['Water the ferns', 'Bread'])
  await expect(checkbox(page, 'Water the ferns')).toBeFocused()
  for (const elsewhere of ['https://example.com/', '//example.com', '/settings/profile', '/tasksx']) {
    await page.goto(`/tasks/${id}?from=${encodeURIComponent(elsewhere)}`)
    await expect(page.getByRole('link', { name: 'Back to the list' })).toHaveAttribute('href', '/tasks')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page).toHaveURL(/\/tasks\??$/)
  }
})

test('a field that two windows change is shown twice, and others keep both changes', async ({ page }) => {
  const { account, id } = await openTask(page, { title: 'Ferns' }, { due_on: '2030-01-01', priority: 2 })
  await field(page, 'Title').fill('Mine')
  await field(page, 'Due').fill('2030-01-02')
  await field(page, 'Labels').fill('mine')
  await change(account, id, { due_on: '2030-01-03', priority: 1 })
  await save(page)
  await expect(errorBox(page)).toHaveText(/This task was changed in another window/)
  await expect(errorBox(page)).toBeFocused()
  await expect(field(page, 'Due')).toHaveValue('2030-01-02')
  await expect(field(page, 'Due')).toHaveAccessibleDescription(/Also changed in another window/)
  await expect(page.getByText('3 Jan 2030', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Use this instead')).toHaveCount(1)
  await expectNoViolations(page)
  await page.getByLabel('Use this instead').check()
  await save(page)
  await expectTitles(page, ['Mine'])
  expect(await saved(account, id)).toMatchObject({
    title: 'Mine',
    due_on: '2030-01-03',
    priority: 1,
    labels: ['mine'],
  })
})

test('a task that another window deletes keeps what was typed, and can be restored', async ({ page }) => {
  const { account, id } = await openTask(page, { title: 'Ferns' })
  await field(page, 'Description').fill('All that is to do about ferns')
  await field(page, 'Due').fill('2030-01-02')
  await deleteTask(account, id)
  await save(page)
  await expect(errorBox(page)).toHaveText(/This task is gone/)
  await expect(field(page, 'Description')).toHaveValue('All that is to do about ferns')
  await page.getByRole('button', { name: 'Restore and save' }).click()
  await expectTitles(page, ['Ferns'])
  expect(await saved(account, id)).toMatchObject({
    description: 'All that is to do about ferns',
    due_on: '2030-01-02',
  })
})

test('Save changes the typed field alone, whatever values the others have', async ({ page }) => {
  const account = await createAccount()
  await logIn(page, account)
  for (const odd of ODD_VALUES) {
    const id = await createTask(account, 'Ferns', 'Old')
    await change(account, id, odd)
    const before = await saved(account, id)
    await page.goto(`/tasks/${id}`)
    await field(page, 'Description').fill('New')
    await save(page)
    await expect(page).toHaveURL('/tasks')
    expect(await saved(account, id)).toEqual({
      ...before,
      description: 'New',
      version: 3,
      updated_at: expect.any(String),
    })
  }
})

test('interval and last day have a control each, which shows what is saved', async ({ page }) => {
  const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20300501'
  const { account, id } = await openTask(page, { title: 'Ferns' }, { due_on: '2030-01-01', repeat: { rule } })
  await expect(field(page, 'Repeat').locator('option:checked')).toHaveText('Every week on Tuesday')
  await expect(field(page, 'Interval')).toHaveValue('2')
  await expect(field(page, 'Until')).toHaveValue('2030-05-01')
  await waitForHydration(page)
  await field(page, 'Interval').fill('3')
  await field(page, 'Until').fill('2030-06-01')
  await expect(page.getByText(/^Every 3 weeks on Tuesday until 1 June 2030. Next: 22 Jan/)).toBeVisible()
  await save(page)
  await expectTitles(page, ['Ferns'])
  const changed = 'FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;UNTIL=20300601'
  expect(await saved(account, id)).toMatchObject({ repeat: { rule: changed } })

  await page.goto(`/tasks/${id}`)
  await waitForHydration(page)
  await field(page, 'Repeat').selectOption('Never')
  await expect(field(page, 'Interval')).toBeHidden()
  await field(page, 'Repeat').selectOption('Every day')
  await field(page, 'Until').focus()
  await page.keyboard.press('Backspace')
  await field(page, 'Repeat').selectOption('Never')
  await save(page)
  await expectTitles(page, ['Ferns'])
  expect(await saved(account, id)).toMatchObject({ repeat: null })
})

test('a date or time that is half typed is an error, and clears nothing', async ({ page }) => {
  const due = { due_on: '2030-12-01', due_time: '09:00', repeat: { rule: 'FREQ=MONTHLY' } }
  const { account, id } = await openTask(page, { title: 'Ferns' }, { ...due, start_on: '2030-11-01' })
  for (const [label, kind, value] of [
    ['Due', 'date', due.due_on],
    ['Time', 'time', due.due_time],
    ['Start', 'date', '2030-11-01'],
  ] as const) {
    await field(page, label).focus()
    await page.keyboard.press('Backspace')
    await save(page)
    await expect(field(page, label)).toBeFocused()
    await expect(page).toHaveURL(`/tasks/${id}`)
    const error = `Error: Finish the ${kind}, or clear it.`
    await expect(field(page, label)).toHaveAccessibleDescription(error)
    expect(await saved(account, id)).toMatchObject({ version: 2 })
    await field(page, label).fill(value)
  }
  await field(page, 'Title').fill('Water the ferns')
  await save(page)
  await expectTitles(page, ['Water the ferns'])
  expect(await saved(account, id)).toMatchObject({ ...due, start_on: '2030-11-01' })
})

test('the form is restored after the log-in when the session ended', async ({ page, expectProblems }) => {
  // The stream of changes ends with the session.
  expectProblems(/status of 401/)
  const { account, id } = await openTask(page, { title: 'Ferns' })
  await field(page, 'Description').fill('All that is to do about ferns')
  await field(page, 'Due').fill('2030-01-02')
  await field(page, 'Priority').selectOption('Low')
  await call('/api/me/sessions', { method: 'DELETE', token: account.token })
  await save(page)
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent(`/tasks/${id}`)}`)
  await fillLogIn(page, account)
  await expect(page).toHaveURL(`/tasks/${id}`)
  await expect(errorBox(page)).toHaveText(/^What you typed last was not saved/)
  await expect(field(page, 'Description')).toHaveValue('All that is to do about ferns')
  await expect(field(page, 'Due')).toHaveValue('2030-01-02')
  await expect(field(page, 'Priority')).toHaveValue('3')
  await waitForHydration(page)
  await untilSaved(page, () => save(page))
  await expectTitles(page, ['Ferns'])
  expect(await query('SELECT FROM drafts WHERE user_id = $1', [account.userId])).toEqual([])
})

test('a date that is half typed is not part of a draft', async ({ page }) => {
  await openTask(page, { title: 'Ferns' }, { due_on: '2030-12-01' })
  await waitForHydration(page)
  await field(page, 'Description').fill('Half a thought')
  await field(page, 'Due').focus()
  await page.keyboard.press('Backspace')
  await page.reload()
  await expect(field(page, 'Description')).toHaveValue('Half a thought')
  await expect(field(page, 'Due')).toHaveValue('2030-12-01')
})

test('links of the description are links to other pages, and all else is text', async ({ page }) => {
  await openTask(page, {
    title: '<b>Bold</b>',
    description:
      'See (https://example.com/a_(b)).\n<img src=x onerror=alert(1)> javascript:alert(1) \u202Ehttps://example.org',
  })
  const links = page.getByRole('main').getByRole('link', { name: /example/ })
  await expect(links).toHaveText(['https://example.com/a_(b)', 'https://example.org'])
  for (const link of await links.all()) await expect(link).toHaveAttribute('rel', 'noopener nofollow')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('<b>Bold</b>')
})

test('the next days follow the rule while the user chooses it', async ({ page }) => {
  await openTask(page, { title: 'Ferns' })
  await field(page, 'Due').fill('2030-01-01')
  await field(page, 'Repeat').selectOption('Every day')
  await expect(page.getByText('Next: 2 Jan 2030, 3 Jan 2030, 4 Jan 2030')).toBeVisible()
  await field(page, 'Repeat').selectOption('Custom rule')
  await field(page, 'Rule').fill('FREQ=MONTHLY')
  await expect(page.getByText('Next: 1 Feb 2030, 1 Mar 2030, 1 Apr 2030')).toBeVisible()
  await field(page, 'Repeat').selectOption('Never')
  await expect(page.getByText(/Next:/)).toHaveCount(0)
})

test('a choice in the menu replaces a rule that the user wrote', async ({ page }) => {
  const { account, id } = await openTask(page, { title: 'Ferns' }, { due_on: '2030-01-01' })
  await waitForHydration(page)
  await field(page, 'Repeat').selectOption('Custom rule')
  await field(page, 'Rule').fill('FREQ=MONTHLY')
  await field(page, 'Repeat').selectOption('Every day')
  await expect(page.getByText('Every day. Next: 2 Jan 2030')).toBeVisible()
  await field(page, 'Repeat').selectOption('Custom rule')
  await expect(page.getByText('Every month on the 1st. Next: 1 Feb 2030')).toBeVisible()
  await field(page, 'Repeat').selectOption('Every day')
  await save(page)
  await expectTitles(page, ['Ferns'])
  expect(await saved(account, id)).toMatchObject({ repeat: { rule: 'FREQ=DAILY' } })
})

test('the next days of a repetition that stays count from its first day', async ({ page }) => {
  const weekly = { due_on: '2030-01-01', repeat: { rule: 'FREQ=WEEKLY' } }
  const { account, id } = await openTask(page, { title: 'Ferns' }, weekly)
  await waitForHydration(page)
  await field(page, 'Due').fill('2030-01-03')
  const next = page.getByText('Every week on Tuesday. Next: 8 Jan 2030, 15 Jan 2030, 22 Jan 2030')
  await expect(next).toBeVisible()
  await field(page, 'Repeat').selectOption('Every day')
  await expect(page.getByText('Every day. Next: 4 Jan 2030')).toBeVisible()
  await field(page, 'Repeat').selectOption('Every week')
  await expect(next).toBeVisible()
  await field(page, 'Due').fill('')
  await expect(page.getByText('Without a due day, the task does not repeat.')).toBeVisible()
  await field(page, 'Due').fill('2030-01-03')
  await save(page)
  await expectTitles(page, ['Ferns'])
  await page.goto(`/tasks/${id}`)
  await expect(next).toBeVisible()
  const { repeat } = (await saved(account, id)) as { repeat: object }
  expect(repeat).toMatchObject({ text: 'Every week on Tuesday' })
})

test('what is being typed stays in its field while another window deletes the task', async ({ page }) => {
  const { account, id } = await openTask(page, { title: 'Ferns' })
  await field(page, 'Description').fill('Half a tho')
  await deleteTask(account, id)
  await expect(page.getByText('This task is deleted.')).toBeVisible()
  await expect(field(page, 'Description')).toBeFocused()
  await field(page, 'Description').pressSequentially('ught')
  await page.keyboard.press('Control+Enter')
  await expect(errorBox(page)).toHaveText(/This task is gone/)
  await page.getByRole('button', { name: 'Restore and save' }).click()
  await expectTitles(page, ['Ferns'])
  expect(await saved(account, id)).toMatchObject({ description: 'Half a thought' })
})

test('the page of a task has no accessibility violations, also deleted and with errors', async ({ page }) => {
  const { account, id } = await openTask(
    page,
    { title: 'לקנות חלב (2 ליטר)', description: 'https://example.com' },
    { due_on: '2030-01-01', due_time: '09:00', due_zone: 'Europe/Lisbon', repeat: { rule: 'FREQ=DAILY' } },
  )
  await expectNoViolations(page)
  await field(page, 'Title').fill('')
  await save(page)
  await expect(field(page, 'Title')).toHaveAccessibleDescription(/Enter a title/)
  await expectNoViolations(page)
  await deleteTask(account, id)
  await page.reload()
  await expect(page.getByText('This task is deleted.')).toBeVisible()
  await expectNoViolations(page)
})

test('the pages of a task and of the history fit into narrow and wide windows', async ({ page }) => {
  const long = 'W'.repeat(500)
  const { id } = await openTask(page, { title: long, description: `https://example.com/${long}` })
  await done(page).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  for (const path of [`/tasks/${id}`, '/tasks/history']) {
    await page.goto(path)
    for (const [width, fontSize] of [
      [320, ''],
      [640, '200%'],
      [1280, ''],
    ] as const) {
      await page.setViewportSize({ width, height: 700 })
      const overflow = await page.evaluate((size) => {
        document.documentElement.style.fontSize = size
        return document.documentElement.scrollWidth - window.innerWidth
      }, fontSize)
      expect(overflow, `${path} at ${width} px ${fontSize}`).toBeLessThanOrEqual(0)
    }
  }
})
