import { createAdmin } from '../support/administrators.ts'
import { type Account, call, expectApiAnswer, expectError, logIn, refresh, signUp } from '../support/api.ts'
import { cookiesOf, fill, logInByForm, openForm } from '../support/forms.ts'
import { createTask, fillLogIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import { addTask, waitForHydration } from '../support/pages.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { logInAsNewUser } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const NEW_PASSWORD = 'nine slow otters at dawn'
const REQUIRED = '/settings/password?required'
const PAGES = ['/tasks', '/tasks?edit=x', '/settings/sessions', '/', '/login', '/signup']

/** Requires the change in the database. The administrator's action would end the sessions. */
async function requireChange({ userId }: Account): Promise<void> {
  await query('UPDATE users SET password_change_required_at = now() WHERE id = $1', [userId])
}

function countTasks({ userId }: Account): Promise<object[]> {
  return query('SELECT FROM tasks WHERE user_id = $1', [userId])
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('an account that must change its password sees no other page until the password is changed', async ({
      page,
      context,
    }) => {
      await stopLiveChanges(context)
      const operator = await createAdmin()
      const account = await logInAsNewUser(page)
      const json = { password_change_required: true }
      const path = `/api/admin/users/${account.userId}`
      expectApiAnswer(await call(path, { method: 'PATCH', token: operator.token, json }), 200)

      await page.goto('/tasks')
      await expect(page).toHaveURL('/login?next=%2Ftasks')
      await expect(page.getByText('An administrator logged you out.')).toBeVisible()
      await fillLogIn(page, account)
      await expect(page).toHaveURL(REQUIRED)
      await expect(page.getByRole('status')).toHaveText(
        /^Choose a new password to continue\. An administrator asked for this/,
      )
      for (const other of PAGES) {
        await page.goto(other)
        await expect(page, other).toHaveURL(REQUIRED)
      }
      if (javaScriptEnabled) await waitForHydration(page)
      await page.getByLabel('Current password').fill(account.password)
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page.getByRole('status')).toHaveText(/^Password changed\./)
      await page.goto('/tasks')
      await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
    })

    test('a form opened before the requirement saves nothing and redirects to the password page', async ({
      page,
    }) => {
      const account = await logInAsNewUser(page)
      if (javaScriptEnabled) await waitForHydration(page)
      await requireChange(account)
      await addTask(page, 'Never saved')
      await expect(page).toHaveURL(REQUIRED)
      expect(await countTasks(account)).toEqual([])
    })

    test('a user who must change the password can log out', async ({ page }) => {
      const account = await logInAsNewUser(page, { path: null })
      await requireChange(account)
      await page.goto('/tasks')
      await page.getByRole('button', { name: 'Log out', exact: true }).click()
      await expect(page).toHaveURL('/login')
    })
  })
}

test('a required password change redirects pages with 307 and posted forms with 303', async () => {
  const account = await signUp()
  const cookie = cookiesOf(await logInByForm(account, { server: SHARED_SERVER }))
  const form = fill(await openForm('/tasks', 'New task', { cookie }), { title: 'Never saved' })
  await requireChange(account)
  for (const path of ['/tasks', '/settings/sessions']) {
    const answer = await call(path, { cookie })
    expect([answer.status, answer.headers.get('location')]).toEqual([307, REQUIRED])
  }
  const posted = await call('/tasks', { cookie, body: form, headers: { origin: SHARED_SERVER } })
  expect([posted.status, posted.headers.get('location')]).toEqual([303, REQUIRED])
  expect(await countTasks(account)).toEqual([])
})

test('a required password change makes the API return 403, except for me, log-out and refresh', async () => {
  const account = await signUp()
  const id = await createTask(account, 'Untouched')
  await requireChange(account)
  const { token } = account
  const json = { title: 'x', is_completed: true }
  for (const [method, path] of [
    ['GET', '/api/me/tasks'],
    ['POST', '/api/me/tasks'],
    ['GET', `/api/me/tasks/${id}`],
    ['PUT', `/api/me/tasks/${id}`],
    ['PATCH', `/api/me/tasks/${id}`],
    ['PATCH', `/api/${account.userId}/tasks/${id}/complete`],
    ['DELETE', `/api/me/tasks/${id}`],
    ['GET', '/api/me/sessions'],
    ['DELETE', '/api/me/sessions'],
    ['DELETE', '/api/me/sessions/x'],
    ['GET', '/api/nothing'],
  ] as const) {
    const body = method === 'GET' ? {} : { json }
    for (const given of [
      { token },
      { cookie: `taskward.access=${token}`, headers: { origin: SHARED_SERVER } },
    ]) {
      const answer = await call(path, { method, ...given, ...body })
      expectError(answer, 403, 'FORBIDDEN')
      expect(answer.text, path).toContain('Password change required: see /settings/password')
    }
  }
  const tasks = await query('SELECT title, completed_at, deleted_at FROM tasks WHERE user_id = $1', [
    account.userId,
  ])
  expect(tasks).toEqual([{ title: 'Untouched', completed_at: null, deleted_at: null }])

  expectApiAnswer(await call('/api/auth/me', { token }), 200)
  const again = await logIn(account.email, account.password)
  expectError(await call('/api/me/tasks', { token: again.body.token }), 403, 'FORBIDDEN')
  const renewed = await refresh(account.refreshToken)
  expectApiAnswer(renewed, 200)
  const { access_token } = renewed.body
  expectError(await call('/api/me/tasks', { token: access_token }), 403, 'FORBIDDEN')
  expectApiAnswer(await call('/api/auth/logout', { method: 'POST', token: access_token }), 200)
})

test('an administrator who must change the password gets 403 from the admin API', async () => {
  const operator = await createAdmin()
  await requireChange(operator)
  for (const path of ['/api/admin/users', '/api/admin/blocks', '/api/admin/nothing']) {
    expectError(await call(path, operator), 403, 'FORBIDDEN')
  }
})
