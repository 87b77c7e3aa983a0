import { newEmail, PASSWORD } from '../support/accounts.ts'
import { type Answer, call, signUp } from '../support/api.ts'
import { cookiesOf, fill, openForm } from '../support/forms.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

/** The active browser sessions of an account. */
function sessionsOf(email: string): Promise<{ id: string }[]> {
  const sql = `SELECT sessions.id FROM sessions JOIN users ON users.id = user_id
    WHERE email = $1 AND transport = 'cookie' AND revoked_at IS NULL`
  return query(sql, [email])
}

async function expectSignedIn(answer: Answer<unknown>): Promise<void> {
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/tasks'])
  expect((await call('/tasks', { cookie: cookiesOf(answer) })).status).toBe(200)
}

const FORMS = [
  ['/login', 'Log in', async () => (await signUp()).email],
  ['/signup', 'Create account', async () => newEmail()],
] as const

for (const [path, button, prepare] of FORMS) {
  test(`the form of ${path} sent twice in parallel and once more opens one session for all answers`, async () => {
    const email = await prepare()
    const body = fill(await openForm(path, 'Password'), { email, password: PASSWORD })
    const send = () => call(path, { body, headers: { origin: SHARED_SERVER } })
    const answers = await Promise.all([send(), send()])
    answers.push(await send())
    for (const answer of answers) await expectSignedIn(answer)
    expect(await sessionsOf(email)).toHaveLength(1)
  })

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test(`a double click on "${button}" opens the tasks with one session`, async ({ page, context }) => {
      const email = await prepare()
      await page.goto(path)
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: button }).dblclick({ noWaitAfter: true })
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
      await context.clearCookies({ name: 'taskward.access' })
      await page.reload()
      await expect(page).toHaveURL('/tasks')
      expect(await sessionsOf(email)).toHaveLength(1)
    })
  })
}

test('every session cookie, set or cleared, has matching Expires and Max-Age', async () => {
  const { email } = await signUp()
  const form = await openForm('/login', 'Password')
  const send = (values: Record<string, string>) =>
    call('/login', {
      body: fill(form, { email, password: PASSWORD, ...values }),
      headers: { origin: SHARED_SERVER },
    })
  const kept = await send({ keep: 'on' })
  const [refresh = ''] = kept.headers.getSetCookie().filter((line) => line.startsWith('taskward.refresh'))
  const renewed = await call('/tasks', { cookie: refresh.split(';')[0] ?? '' })
  const lines = [kept, renewed].flatMap(({ headers }) => headers.getSetCookie())
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([
    ...['taskward.access', 'taskward.access', 'taskward.device', 'taskward.refresh', 'taskward.refresh'],
  ])
  for (const line of lines) {
    const [, end = '', seconds] = /; Expires=([^;]+); Max-Age=(\d+)/i.exec(line) ?? []
    expect(Math.abs(Date.parse(end) - Date.now() - Number(seconds) * 1000), line).toBeLessThan(5000)
  }
  const cleared = await call('/logout', {
    body: '',
    headers: { origin: SHARED_SERVER, cookie: cookiesOf(renewed) },
  })
  const tokens = cleared.headers.getSetCookie().filter((line) => !line.startsWith('taskward.done='))
  expect(tokens).toHaveLength(2)
  for (const line of tokens) expect(line).toMatch(/Expires=Thu, 01 Jan 1970.*Max-Age=0/i)
})
