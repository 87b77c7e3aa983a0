import type { BrowserContext, Page } from '@playwright/test'
import { type Account, call, signUp } from '../support/api.ts'
import { createTask, fillLogIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import {
  addTask,
  errorBox,
  expectTitles,
  openEditor,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { logInAs, logOut } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// Pages that do not notice by themselves that their session has ended.
test.beforeEach(({ context }) => stopLiveChanges(context))

const TEXT = 'All that has to be done about ferns. '.repeat(20).trim()
const KEPT = /We kept what you typed/
const RESTORED = /^What you typed last was not saved\. It is back/

/** Ends the session of an open page. */
const ENDS: Record<string, (account: Account, context: BrowserContext) => Promise<unknown>> = {
  'from another device': ({ token }) => call('/api/me/sessions', { method: 'DELETE', token }),
  'because it expired': async ({ userId }, context) => {
    await query('UPDATE sessions SET expires_at = now() WHERE user_id = $1', [userId])
    await context.clearCookies({ name: 'taskward.access' })
  },
  'and its cookies are gone': (_, context) => context.clearCookies(),
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

async function expectLogIn(page: Page, next: string | RegExp = '/tasks'): Promise<void> {
  const expected = typeof next === 'string' ? `/login?next=${encodeURIComponent(next)}` : next
  await expect(page).toHaveURL(expected)
  await expect(page.getByRole('status')).toHaveText(KEPT)
  await expectNoTrace(page)
}

/** Expects the text neither in the page nor in anything that its scripts can read. */
async function expectNoTrace(page: Page): Promise<void> {
  const seen = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
    ]),
  )
  for (const text of [await page.content(), seen]) expect(text).not.toContain('about ferns')
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    const ready = async (page: Page) => {
      if (javaScriptEnabled) await waitForHydration(page)
    }

    for (const [how, end] of Object.entries(ENDS)) {
      test(`an edit is restored after the log-in when the session ended ${how}`, async ({
        page,
        context,
      }) => {
        const account = await signUp()
        await createTask(account, 'Ferns')
        await logInAs(page, account)
        await ready(page)
        await openEditor(page, 'Ferns')
        await page.getByLabel('Description').fill(TEXT)
        await end(account, context)
        await save(page)
        // Without JavaScript the address names the editor, as long as the gate knows that the session has ended.
        await expectLogIn(page, /\/login\?next=%2Ftasks(%3Fedit%3D[\w-]+)?$/)
        await fillLogIn(page, account)
        await expect(page).toHaveURL(/\/tasks(\?edit=[\w-]+)?$/)
        await expect(errorBox(page)).toHaveText(RESTORED)
        await expect(page.getByLabel('Description')).toHaveValue(TEXT)
        await expect(page.getByLabel('Title')).toHaveValue('Ferns')
        await ready(page)
        await untilSaved(page, () => save(page))
        await expect(page.getByRole('listitem')).toContainText('about ferns')
        await page.reload()
        await expect(errorBox(page)).toHaveCount(0)
        expect(await query('SELECT FROM drafts WHERE user_id = $1', [account.userId])).toEqual([])
      })
    }

    test('a new task is restored after the log-in, but not for another account', async ({ page }) => {
      const [account, other] = [await signUp(), await signUp()]
      await logInAs(page, account, { path: '/tasks?view=inbox' })
      await ready(page)
      await call('/api/me/sessions', { method: 'DELETE', token: account.token })
      await addTask(page, TEXT.slice(0, 400))
      await expectLogIn(page, '/tasks?view=inbox')

      await fillLogIn(page, other)
      await expect(page).toHaveURL('/tasks?view=inbox')
      await expect(page.getByLabel('New task')).toHaveValue('')
      await expect(errorBox(page)).toHaveCount(0)
      await expectNoTrace(page)
      await logOut(page)
      await expectNoTrace(page)

      await fillLogIn(page, account)
      await expect(page).toHaveURL('/tasks')
      await expect(page.getByLabel('New task')).toHaveValue(TEXT.slice(0, 400))
      await ready(page)
      await page.getByRole('button', { name: 'Add task' }).click()
      await expectTitles(page, [TEXT.slice(0, 400)])
    })

    test('a form without text leads to the log-in and stores no draft', async ({ page }) => {
      const account = await signUp()
      await createTask(account, 'Ferns')
      await logInAs(page, account, { path: '/tasks?view=inbox' })
      await ready(page)
      await call('/api/me/sessions', { method: 'DELETE', token: account.token })
      await page.getByRole('checkbox', { name: 'Ferns' }).click()
      await expect(page).toHaveURL('/login?next=%2Ftasks%3Fview%3Dinbox')
      await expect(page.getByRole('status')).not.toHaveText(KEPT)
      expect(await query('SELECT FROM drafts WHERE user_id = $1', [account.userId])).toEqual([])
    })
  })
}

test('typed text is restored after a log-out in another tab', async ({ page, context, expectProblems }) => {
  expectProblems(/status of 401/)
  const account = await signUp()
  await createTask(account, 'Ferns')
  await logInAs(page, account)
  await openEditor(page, 'Ferns')
  await page.getByLabel('Description').fill(TEXT)
  const other = await context.newPage()
  await other.goto('/tasks')
  await logOut(other)
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  await expectNoTrace(page)
  await fillLogIn(page, account)
  await expect(page.getByLabel('Description')).toHaveValue(TEXT)
})

test('typed text is restored for its account after another account replaced the session', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/status of 401/)
  const [account, other] = [await signUp(), await signUp()]
  const tab = await context.newPage()
  await tab.goto('/login')
  await logInAs(page, account)
  await waitForHydration(page)
  await page.getByLabel('New task').fill('About ferns')
  await fillLogIn(tab, other)
  await expect(page.getByText(other.email)).toBeAttached()
  await expect(page.getByLabel('New task')).toHaveValue('')
  await logOut(tab)
  await logInAs(tab, account)
  await expect(tab.getByLabel('New task')).toHaveValue('About ferns')
})

test('a form of another build that is sent after its session ended is stored as a draft', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of 409/)
  const account = await signUp()
  await logInAs(page, account)
  await waitForHydration(page)
  await page.route('**', (route) => {
    const headers = route.request().headers()
    return headers['next-action']
      ? route.continue({ headers: { ...headers, 'next-action': `60${'ab'.repeat(20)}` } })
      : route.fallback()
  })
  await call('/api/me/sessions', { method: 'DELETE', token: account.token })
  await addTask(page, 'About ferns')
  await expectLogIn(page)
})

/** Types in two editors and in the field of a new task without sending any. */
async function typeInThreeForms(page: Page, account: Account): Promise<void> {
  for (const title of ['Ferns', 'Moss']) await createTask(account, title)
  await logInAs(page, account)
  await waitForHydration(page)
  for (const title of ['Ferns', 'Moss']) {
    await openEditor(page, title)
    await description(page, title).fill(`About ${title}`)
  }
  await page.getByLabel('New task').fill('Lichen')
}

function description(page: Page, title: string) {
  const editor = page.getByRole('listitem').filter({ has: page.locator(`input[value="${title}"]`) })
  return editor.getByLabel('Description')
}

async function expectThreeForms(page: Page): Promise<void> {
  await expect(page).toHaveURL('/tasks')
  for (const title of ['Ferns', 'Moss']) {
    await expect(description(page, title)).toHaveValue(`About ${title}`)
  }
  await expect(page.getByLabel('New task')).toHaveValue('Lichen')
}

test('all forms of a page are restored after one is sent, and again after the page redirects itself', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of 401/)
  const account = await signUp()
  await typeInThreeForms(page, account)
  await call('/api/me/sessions', { method: 'DELETE', token: account.token })
  // Its answer is a redirect that the page does not follow: to a browser with routes a failed request.
  const kept = page.waitForEvent('requestfailed', (request) => request.url().includes('/login/draft'))
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await kept
  await expectLogIn(page)
  await fillLogIn(page, account)
  await expectThreeForms(page)

  // Restored text that was not sent is still unsaved, so the page stores it again.
  await waitForHydration(page)
  await query('DELETE FROM drafts WHERE user_id = $1', [account.userId])
  await query(
    "UPDATE sessions SET revoked_at = now(), revoked_reason = 'logged_out_elsewhere' WHERE user_id = $1 AND revoked_at IS NULL",
    [account.userId],
  )
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expectLogIn(page)
  await fillLogIn(page, account)
  await expectThreeForms(page)
})

test('text typed in two tabs is restored after a log-out in a third', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/status of 401/)
  const account = await signUp()
  await createTask(account, 'Ferns')
  await logInAs(page, account)
  await openEditor(page, 'Ferns')
  await page.getByLabel('Description').fill('About Ferns')
  const [second, third] = [await context.newPage(), await context.newPage()]
  for (const tab of [second, third]) await tab.goto('/tasks')
  await second.getByLabel('New task').fill('Lichen')
  await waitForHydration(second)
  await logOut(third)
  for (const tab of [page, second]) await expect(tab).toHaveURL('/login?next=%2Ftasks')
  await fillLogIn(page, account)
  await expect(page.getByLabel('Description')).toHaveValue('About Ferns')
  await expect(page.getByLabel('New task')).toHaveValue('Lichen')
})

test('a new task is restored after a required password change', async ({ page }) => {
  const account = await signUp()
  await logInAs(page, account)
  await waitForHydration(page)
  await query('UPDATE users SET password_change_required_at = now() WHERE id = $1', [account.userId])
  await addTask(page, 'Lichen')
  await expect(page).toHaveURL('/settings/password?required')
  await query('UPDATE users SET password_change_required_at = NULL WHERE id = $1', [account.userId])
  await page.goto('/tasks')
  await expect(page.getByLabel('New task')).toHaveValue('Lichen')
})
