import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { eventRow, eventTable } from '../support/activity.ts'
import { type Account, logIn, signUp } from '../support/api.ts'
import { FIREFOX, insertAttack, insertEvents } from '../support/events.ts'
import { stopLiveChanges } from '../support/live.ts'
import { errorBox, followAccountLink, waitForHydration } from '../support/pages.ts'
import { knownDevicesOf, logInAs, logInAsNewUser, sessionsOf } from '../support/sessions.ts'
import { eventsOf, query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const DISOWN = { name: 'This wasn’t me' }
const CONFIRM = { name: 'Log out my other devices' }

async function failToLogIn(account: Account, userAgent: string): Promise<void> {
  const answer = await logIn(account.email, 'Wrong password', { headers: { 'user-agent': userAgent } })
  expect(answer.status).toBe(401)
}

async function choose(page: Page, kind: string, time?: string): Promise<void> {
  await page.getByLabel('Kind').selectOption(kind)
  if (time) await page.getByLabel('Time').selectOption(time)
  await page.getByRole('button', { name: 'Apply' }).click()
}

async function save(page: Page, link: Locator): Promise<{ file: Download; text: string }> {
  const saved = page.waitForEvent('download')
  await link.click()
  const file = await saved
  return { file, text: await readFile(await file.path(), 'utf8') }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('lists failed attempts with device and address, and filters by kind and time', async ({ page }) => {
      const account = await logInAsNewUser(page)
      await failToLogIn(account, FIREFOX)
      await followAccountLink(page, 'Activity')
      await expect(page.getByRole('heading', { name: 'Security activity' })).toBeVisible()
      await expect(page).toHaveTitle(/^Security activity/)
      const texts = ['Wrong password from Firefox on Linux, 127.0.0.1', /Logged in from Chrome on Linux/]
      for (const text of [...texts, 'Account created from node']) {
        await expect(eventRow(page, text)).toHaveCount(1)
      }
      await expect(eventRow(page, 'Wrong password').getByRole('time')).toContainText(/^Today, \d\d:\d\d/)

      await choose(page, 'Failed attempts', 'Last 24 hours')
      await expect(page).toHaveURL('/settings/activity?kind=failures&time=24-hours&from=&to=')
      await expect(eventTable(page).locator('tbody tr')).toHaveText([/Wrong password/])
      await expect(page.getByLabel('Kind')).toHaveValue('failures')
      await choose(page, 'Password')
      await expect(page.getByText('No events match.')).toBeVisible()
      await page.getByRole('link', { name: 'Show everything' }).click()
      await expect(eventTable(page).locator('tbody tr')).toHaveCount(3)
    })

    test('"This wasn’t me" logs every other browser out and opens the password page', async ({
      page,
      openBrowser,
    }) => {
      const account = await signUp()
      const thief = await (await openBrowser({ userAgent: FIREFOX })).newPage()
      await stopLiveChanges(thief.context())
      await logInAs(thief, account)
      await logInAs(page, account, { path: '/settings/activity' })
      await expect(eventRow(page, 'Logged in from Chrome').getByText('This device')).toBeVisible()
      await expect(eventRow(page, 'Logged in from Chrome').getByRole('button')).toHaveCount(0)
      await eventRow(page, 'Logged in from Firefox').getByRole('link', DISOWN).click()
      const question = page.getByRole('region', { name: 'Log out all your other devices?' })
      await expect(question).toBeVisible()
      if (javaScriptEnabled) await expect(question).toBeFocused()
      await page.getByRole('link', { name: 'Cancel' }).click()
      await expect(question).toHaveCount(0)
      if (javaScriptEnabled) await expect(page.getByRole('main')).toBeFocused()
      await eventRow(page, 'Logged in from Firefox').getByRole('link', DISOWN).click()
      await page.getByRole('button', CONFIRM).click()

      // Without JavaScript, the browser keeps the fragment of the page before.
      await expect(page).toHaveURL(/\/settings\/password\?disowned(#disown)?$/)
      await expect(page.getByRole('status')).toContainText('Your other devices have been logged out.')
      await expect(page.getByLabel('New password')).toBeVisible()
      await thief.reload()
      await expect(thief).toHaveURL('/login?next=%2Ftasks')
      const sessions = await sessionsOf(account)
      expect(sessions.map(({ revoked_reason }) => revoked_reason)).toEqual(['logged_out_elsewhere', null])
      expect(await knownDevicesOf(account), 'known devices: the acting browser alone').toEqual(['cookie'])
      const [disowned, ...more] = await eventsOf(account.userId, 'event_disowned')
      expect(more).toEqual([])
      const [logInOfThief] = await query<{ id: string }>(
        `SELECT id FROM auth_events WHERE user_id = $1 AND event_type = 'login' ORDER BY id LIMIT 1`,
        [account.userId],
      )
      expect(disowned?.details).toEqual({ event_id: logInOfThief?.id })
      await page.goto('/settings/activity')
      await expect(eventRow(page, 'An event was marked')).toHaveCount(1)
    })

    test('disowning an unknown or another user’s event ends no session and shows the same error', async ({
      page,
      openBrowser,
    }) => {
      const stranger = await signUp()
      const [foreign] = await query<{ id: string }>('SELECT id FROM auth_events WHERE user_id = $1', [
        stranger.userId,
      ])
      const account = await signUp()
      const [own] = await query<{ id: string }>('SELECT id FROM auth_events WHERE user_id = $1', [
        account.userId,
      ])
      await logInAs(await (await openBrowser()).newPage(), account, { path: null })
      await logInAs(page, account, { path: null })
      for (const id of [foreign?.id, crypto.randomUUID(), 'nothing']) {
        await page.goto(`/settings/activity?disown=${own?.id}`)
        if (javaScriptEnabled) await waitForHydration(page)
        const button = page.getByRole('button', CONFIRM)
        const input = page.locator('form', { has: button }).locator('input[name=id]').first()
        await input.evaluate((element, value) => element.setAttribute('value', value), String(id))
        await button.click()
        await expect(errorBox(page)).toHaveText(/This event is no longer available/)
      }
      await page.goto(`/settings/activity?disown=${foreign?.id}`)
      await expect(page.getByRole('button', CONFIRM)).toHaveCount(0)
      expect((await sessionsOf(account)).every(({ revoked_reason }) => revoked_reason === null)).toBe(true)
      expect(await eventsOf(account.userId, 'access_denied')).toMatchObject([
        { failure_reason: 'foreign_event', details: { event_id: foreign?.id } },
      ])
    })
  })
}

test('a run of failures is one row that opens, and an alert is on top until it is answered', async ({
  openBrowser,
}) => {
  const account = await signUp()
  await insertAttack(account)
  const page = await (await openBrowser({ javaScriptEnabled: false })).newPage()
  await logInAs(page, account, { path: '/settings/activity' })
  const run = eventRow(page, 'Wrong password, 15 times from Firefox on Linux, 2 addresses')
  await expect(run).toContainText(/\d\d:\d\d( UTC – .+, |–)\d\d:\d\d UTC/)
  await expect(run.getByRole('listitem')).toHaveCount(0)
  await run.getByText('Wrong password, 15 times').click()
  await expect(run.getByRole('listitem')).toHaveCount(15)
  await expect(run.getByRole('link', DISOWN)).toHaveCount(0)

  const alerts = page.getByRole('region', { name: 'Alerts' })
  await expect(alerts.getByRole('listitem')).toContainText(['Many failed log-ins'])
  await alerts.getByRole('link', DISOWN).click()
  await expect(alerts).toHaveCount(0)
  await page.getByRole('button', CONFIRM).click()
  await expect(page).toHaveURL(/\/settings\/password\?disowned#disown$/)
  await page.goto('/settings/activity')
  await expect(eventRow(page, 'An event was marked')).toBeVisible()
  await expect(alerts).toHaveCount(0)
})

test('downloads contain every event that matches the filter, as CSV and as JSON', async ({ page }) => {
  const account = await signUp()
  await insertEvents(account, 1300)
  await logInAs(page, account, { path: '/settings/activity?kind=failures' })
  const [failed] = await query<{ count: number }>(
    'SELECT count(*)::int AS count FROM auth_events WHERE user_id = $1 AND NOT success',
    [account.userId],
  )
  const csv = await save(page, page.getByRole('link', { name: 'Download as CSV' }))
  expect(csv.file.suggestedFilename()).toMatch(/^taskward-activity-\d{4}-\d\d-\d\d\.csv$/)
  const [head, ...lines] = csv.text.trimEnd().split('\r\n')
  expect(head).toContain('"created_at","event","event_type"')
  expect(lines).toHaveLength(failed!.count)
  expect(lines.every((line) => line.includes('"login_failed","false","wrong_password"'))).toBe(true)

  await page.goto('/settings/activity?kind=all')
  const all = await query<{ id: string }>('SELECT id FROM auth_events WHERE user_id = $1 ORDER BY id DESC', [
    account.userId,
  ])
  const json = await save(page, page.getByRole('link', { name: 'Download as JSON' }))
  expect(json.file.suggestedFilename()).toMatch(/\.json$/)
  const { data } = JSON.parse(json.text)
  // The watch may have opened a finding for so many failures and recorded an alert.
  const later = data.findIndex(({ id }: { id: string }) => id === all[0]?.id)
  for (const event of data.splice(0, later)) expect(event.event_type).toBe('alert')
  expect(data.map(({ id }: { id: string }) => id)).toEqual(all.map(({ id }) => id))
  expect(json.text).not.toContain(account.email)
})

test('downloads are not cacheable, and a signed-out browser is redirected to the log-in page', async ({
  page,
  context,
  openBrowser,
}) => {
  await logInAsNewUser(page)
  for (const [name, type] of [
    ['events.csv', 'text/csv; charset=utf-8'],
    ['events.json', 'application/json'],
  ] as const) {
    const path = `/settings/activity/${name}`
    const answer = await context.request.get(`${path}?kind=password`)
    expect(answer.status()).toBe(200)
    expect(answer.headers()).toMatchObject({
      'cache-control': 'no-store',
      'content-type': type,
      'content-disposition': expect.stringMatching(/^attachment; filename="taskward-activity-/),
      'x-content-type-options': 'nosniff',
    })
    const text = await answer.text()
    if (name === 'events.json') expect(JSON.parse(text)).toEqual({ data: [] })
    else expect(text).toMatch(/^"created_at",[^\n]*\r\n$/)
    const stranger = await openBrowser()
    const refused = await stranger.request.get(path, { maxRedirects: 0 })
    expect(refused.status()).toBe(303)
    expect(refused.headers().location).toBe(`/login?next=${encodeURIComponent(path)}`)
  }
})
