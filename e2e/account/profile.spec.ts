import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call, expectError, signUp, statusOfMe } from '../support/api.ts'
import { createTask, fillLogIn } from '../support/journeys.ts'
import { errorBox } from '../support/pages.ts'
import { logInAs, logInAsNewUser } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const PROFILE = '/settings/profile'
const KEPT = 'Your account is not deleted: this log-in cancelled the deletion.'
const DELETION = '/settings/profile/delete'

async function deleteAccount(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Delete my account' }).click()
}

async function deletionDueAt({ userId }: Account): Promise<Date | null> {
  const [row] = await query<{ due: Date | null }>('SELECT deletion_due_at AS due FROM users WHERE id = $1', [
    userId,
  ])
  return row?.due ?? null
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, timezoneId: 'Asia/Tokyo' })

    test('a saved name and time zone are shown again, and a name that is too long is refused', async ({
      page,
    }) => {
      await logInAsNewUser(page, { path: PROFILE })
      const zone = page.getByLabel('Time zone')
      await expect(zone).toHaveValue(javaScriptEnabled ? 'Asia/Tokyo' : '')
      await page.getByLabel('Name').fill('x'.repeat(101))
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Name must be at most 100 characters long.').first()).toBeVisible()
      await expect(page).toHaveTitle('Error: Profile – Taskward')
      await page.getByLabel('Name').fill('Ann <b>Example</b>')
      await zone.selectOption('Europe/Berlin')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByRole('status')).toHaveText('Profile saved.')
      await page.reload()
      await expect(page.getByLabel('Name')).toHaveValue('Ann <b>Example</b>')
      await expect(zone).toHaveValue('Europe/Berlin')
    })

    test('a deleted account is logged out, and a log-in brings it back', async ({ page }) => {
      const account = await signUp()
      await createTask(account, 'Still here')
      await logInAs(page, account, { path: PROFILE })
      await page.getByRole('link', { name: 'Delete my account' }).click()
      await deleteAccount(page, 'not the password')
      await expect(page.getByText('This is not your current password.').first()).toBeVisible()
      await expect(page.getByLabel('Password')).toHaveValue('')
      await expect(page).toHaveTitle('Error: Delete your account – Taskward')
      expect(await deletionDueAt(account)).toBeNull()

      await deleteAccount(page, account.password)
      await expect(page).toHaveURL('/login')
      await expect(page.getByRole('status')).toContainText('Your account will be deleted')
      expect(await deletionDueAt(account)).not.toBeNull()
      expect(await statusOfMe(account), 'the session of the API').toBe(401)

      await fillLogIn(page, account)
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByRole('status').filter({ hasText: KEPT })).toBeVisible()
      await expect(page.getByText('Still here')).toBeVisible()
      expect(await deletionDueAt(account)).toBeNull()
    })
  })
}

test('after its time an account refuses log-ins like an unknown one', async ({ page }) => {
  const account = await signUp()
  const deleted = await call<{ deleted_on: string }>('/api/auth/me', {
    method: 'DELETE',
    token: account.token,
    json: { password: account.password },
  })
  expect(deleted.status, deleted.text).toBe(202)
  expect(deleted.body.deleted_on).toBe((await deletionDueAt(account))?.toISOString().slice(0, 10))
  await query('UPDATE users SET deletion_due_at = now() WHERE id = $1', [account.userId])
  await page.goto('/login')
  await fillLogIn(page, account)
  await expect(errorBox(page)).toHaveText('Wrong email or password.')
})

test('the downloaded file has the profile, tasks, sessions and events of this account alone', async ({
  page,
}) => {
  const [account, other] = [await signUp(), await signUp()]
  await createTask(account, 'Mine "quoted", 🙂')
  await createTask(other, 'Not mine')
  await logInAs(page, account, { path: PROFILE })
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download my data' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^taskward-\d{4}-\d\d-\d\d\.json$/)
  const text = await readFile(await file.path(), 'utf8')
  const data = JSON.parse(text)
  expect(data).toMatchObject({
    profile: { user_id: account.userId, email: account.email },
    tasks: [{ title: 'Mine "quoted", 🙂' }],
  })
  expect(data.sessions).toHaveLength(2)
  expect(data.events.map((event: { event_type: string }) => event.event_type)).toEqual(['login', 'signup'])
  expect(text).not.toContain('Not mine')
  expect(text).not.toMatch(/token|hash/)

  const zip = page.waitForEvent('download')
  await page.getByRole('link', { name: 'as CSV files' }).click()
  const files = unzipSync(await readFile(await (await zip).path()))
  expect(Object.keys(files)).toEqual([
    'profile.csv',
    'tasks.csv',
    'lists.csv',
    'changes.csv',
    'sessions.csv',
    'events.csv',
  ])
  expect(new TextDecoder().decode(files['tasks.csv'])).toContain('"Mine ""quoted"", 🙂"')

  const answer = await call<Record<string, unknown>>('/api/auth/me/export', { token: account.token })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(Object.keys(answer.body)).toEqual(['profile', 'tasks', 'lists', 'changes', 'sessions', 'events'])
  expectError(await call('/api/auth/me/export'), 401, 'UNAUTHORIZED')
})

test('the API changes the fields that are sent and names those that are wrong', async () => {
  const account = await signUp()
  const patch = (json: object) => call('/api/auth/me', { method: 'PATCH', token: account.token, json })
  expect((await patch({ name: 'Ann', time_zone: 'europe/berlin' })).body).toMatchObject({
    user_id: account.userId,
    name: 'Ann',
    time_zone: 'Europe/Berlin',
  })
  expect((await patch({ name: null })).body).toMatchObject({ name: null, time_zone: 'Europe/Berlin' })
  expect((await patch({ time_zone: null })).body).toMatchObject({ time_zone: null })
  for (const zone of ['Mars/Base', '+01:00', ' ', 'x'.repeat(10_000), 7, '\0']) {
    const refused = await patch({ time_zone: zone })
    expectError(refused, 400, 'BAD_REQUEST')
    expect(refused.body.error.details).toMatchObject([{ field: 'time_zone' }])
  }
})

test('the profile and the deletion are accessible', async ({ page }) => {
  await logInAsNewUser(page)
  for (const path of [PROFILE, DELETION]) {
    await page.goto(path)
    await expectNoViolations(page)
  }
})
