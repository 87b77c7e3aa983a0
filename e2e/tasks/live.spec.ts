import type { Page } from '@playwright/test'
import { call } from '../support/api.ts'
import { createTask, deleteTask, logIn, openTasks } from '../support/journeys.ts'
import { STREAM, untilLive } from '../support/live.ts'
import { addTask, checkbox, errorBox, expectTitles, openEditor } from '../support/pages.ts'
import { endSessions } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

test('two browsers show each other’s changes without a reload', async ({ page, openBrowser }) => {
  const live = untilLive(page)
  const account = await openTasks(page)
  const phone = await (await openBrowser()).newPage()
  const phoneLive = untilLive(phone)
  await logIn(phone, account)
  await Promise.all([live, phoneLive])
  for (const [here, there, title] of [
    [page, phone, 'From the desk'],
    [phone, page, 'From the phone'],
  ] as const) {
    await addTask(here, title)
    await expect(checkbox(there, title)).toBeEnabled()
    await checkbox(here, title).click()
    await expect(checkbox(there, title)).toBeChecked()
  }
})

test('a change that was made while the page loaded is shown as soon as its stream opens', async ({
  page,
}) => {
  const live = untilLive(page)
  const account = await openTasks(page)
  await createTask(account, 'In between')
  await live
  await expectTitles(page, ['In between'])
})

test('the tabs of a browser share one stream, and the next tab takes it over', async ({ page, context }) => {
  const streams: Page[] = []
  context.on('request', (request) => {
    if (STREAM.test(request.url())) streams.push(request.frame().page())
  })
  const live = untilLive(page)
  const account = await openTasks(page)
  await live
  const other = await context.newPage()
  await other.goto('/tasks')
  await createTask(account, 'In both')
  for (const tab of [page, other]) await expectTitles(tab, ['In both'])
  // Its own stream would have been open for a second.
  await other.waitForTimeout(2_000)
  expect(streams).toEqual([page])
  await page.close()
  await expect.poll(() => streams).toEqual([page, other])
  await createTask(account, 'In the last tab')
  await expectTitles(other, ['In the last tab', 'In both'])
})

test('a change that arrives while the server cannot be reached is shown later, and the page stays until then', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/net::ERR_INTERNET_DISCONNECTED/)
  const live = untilLive(page)
  const account = await openTasks(page)
  await live
  await page.getByLabel('New task').fill('Half a thought')
  // A stream that is open stays open.
  await context.setOffline(true)
  const failed = page.waitForEvent('requestfailed')
  await createTask(account, 'From elsewhere')
  await failed
  await expect(page.getByLabel('New task')).toHaveValue('Half a thought')
  await context.setOffline(false)
  await expectTitles(page, ['From elsewhere'])
  await expect(page.getByLabel('New task')).toHaveValue('Half a thought')
})

test('a change of the page itself loads it once', async ({ page }) => {
  const live = untilLive(page)
  await openTasks(page)
  await live
  const loads: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.headers().rsc) loads.push(JSON.stringify(request.headers()))
  })
  await addTask(page, 'Mine')
  await expect(checkbox(page, 'Mine')).toBeEnabled()
  await checkbox(page, 'Mine').click()
  await expect(checkbox(page, 'Mine')).toBeChecked()
  await page.waitForTimeout(2_000)
  expect(loads).toEqual([])
})

test('an open editor keeps its text, its caret and its base while the list around it changes', async ({
  page,
}) => {
  const live = untilLive(page)
  const account = await openTasks(page, ['Ferns'])
  await live
  await openEditor(page, 'Ferns')
  await page.getByLabel('Title').fill('Mine and more')
  await page.getByLabel('Title').evaluate((field: HTMLInputElement) => field.setSelectionRange(4, 8))
  const listed = await call<{ data: { id: string }[] }>('/api/me/tasks', { token: account.token })
  const id = listed.body.data[0]?.id ?? ''
  await call(`/api/me/tasks/${id}`, { method: 'PATCH', token: account.token, json: { title: 'Theirs' } })
  await createTask(account, 'Another one')
  await expect(checkbox(page, 'Another one')).toBeEnabled()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByLabel('Title')).toHaveValue('Mine and more')
  const selection = page.getByLabel('Title').evaluate((field: HTMLInputElement) => field.selectionStart)
  expect(await selection).toBe(4)
  await page.getByLabel('Title').press('Enter')
  await expect(errorBox(page)).toHaveText(/changed in another window/)
  await deleteTask(account, id)
  await createTask(account, 'A third one')
  await expect(checkbox(page, 'A third one')).toBeEnabled()
  await expect(page.getByLabel('Title')).toHaveValue('Mine and more')
})

test('a page leaves by itself when its session ends elsewhere, and typed text comes back', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of 401/)
  const live = untilLive(page)
  const account = await openTasks(page)
  await live
  await page.getByLabel('New task').fill('Half a thought')
  await endSessions(account, 'logged_out_elsewhere')
  await expect(page).toHaveURL(/\/login\?next=%2Ftasks/)
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await logIn(page, account)
  await expect(page.getByLabel('New task')).toHaveValue('Half a thought')
})

test('no stream is open after a log-out', async ({ page, context }) => {
  const live = untilLive(page)
  await openTasks(page)
  await live
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL('/login')
  let count = 0
  context.on('request', (request) => {
    if (STREAM.test(request.url())) count++
  })
  await page.waitForTimeout(3_000)
  expect(count).toBe(0)
})
