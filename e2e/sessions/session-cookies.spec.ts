import { createAccount, fillLogIn, openTasks } from '../support/journeys.ts'
import { addTask, checkbox, errorBox, expectTitles, waitForHydration } from '../support/pages.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const END_SESSIONS = `UPDATE sessions SET revoked_at = now(), revoked_reason = 'logged_out_elsewhere'
  WHERE user_id = (SELECT id FROM users WHERE email = $1)`
const DISABLE = 'UPDATE users SET disabled_at = now() WHERE email = $1'

test('the tokens are in cookies that no script can read, and nowhere else', async ({ page, context }) => {
  const account = await createAccount(['Any'])
  await page.goto('/login')
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks')
  const cookies = await context.cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual([
    'taskward.access',
    'taskward.device',
    'taskward.refresh',
  ])
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: false,
      domain: 'localhost',
    })
    expect(cookie.expires).toBeGreaterThan(Date.now() / 1000)
  }

  const answer = await page.reload()
  const html = (await answer?.text()) ?? ''
  const seen = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      location.href,
      history.state,
    ]),
  )
  for (const { value } of cookies) {
    expect(html).not.toContain(value)
    expect(seen).not.toContain(value)
  }
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('a log-out clears the tokens and keeps the cookie of the known device', async ({ page, context }) => {
  await openTasks(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['taskward.device', 'taskward.done'])
})

for (const [name, sql] of Object.entries({
  'session was ended elsewhere': END_SESSIONS,
  'account was disabled': DISABLE,
})) {
  test(`a user whose ${name} is sent to the log-in by the next visit or click and changes nothing`, async ({
    page,
  }) => {
    const account = await openTasks(page, ['Stays unticked'])
    await waitForHydration(page)
    await query(sql, [account.email])
    const visit = await page.request.get('/tasks', { maxRedirects: 0 })
    expect([visit.status(), visit.headers().location]).toEqual([307, '/login?next=%2Ftasks'])
    expect(await visit.text()).not.toContain('Stays unticked')
    await checkbox(page, 'Stays unticked').click()
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
    await expect(page).toHaveURL('/login?next=%2Ftasks')
    await expect(page.getByText('Stays unticked')).toHaveCount(0)
    await fillLogIn(page, account)
    if (sql === DISABLE) return expect(errorBox(page)).toHaveText('Wrong email or password.')
    await expect(page).toHaveURL('/tasks')
    await expect(checkbox(page, 'Stays unticked')).not.toBeChecked()
  })
}

test('a form without cookies leads to the log-in and changes nothing', async ({ page, context }) => {
  const account = await openTasks(page, ['Still there'])
  await waitForHydration(page)
  await context.clearCookies()
  await addTask(page, 'Too late')
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  await fillLogIn(page, account)
  await expectTitles(page, ['Still there'])
})

test('a log-out without an access token ends the session', async ({ page, context }) => {
  await openTasks(page)
  const cookies = await context.cookies()
  await context.clearCookies({ name: 'taskward.access' })
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['taskward.device', 'taskward.done'])

  await context.addCookies(cookies)
  await page.goto('/tasks')
  await expect(page).toHaveURL('/login?next=%2Ftasks')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a malformed access cookie means signed out', async ({ page, context, baseURL }) => {
    for (const value of ['garbage', '', 'e30.e30.e30', 'x'.repeat(3000)]) {
      await context.addCookies([{ name: 'taskward.access', value, url: baseURL! }])
      await page.goto('/tasks')
      await expect(page).toHaveURL('/login?next=%2Ftasks')
    }
  })
})
