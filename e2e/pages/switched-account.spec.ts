import type { BrowserContext, Page } from '@playwright/test'
import { createAdmin } from '../support/administrators.ts'
import { type Account, call, logIn as logInByApi, newIpAddress, signUp } from '../support/api.ts'
import { insertFinding } from '../support/findings.ts'
import { fill, logInByForm, openForm } from '../support/forms.ts'
import { createTask } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import {
  addTask,
  checkbox,
  deleteButton,
  errorBox,
  expectTitles,
  openEditor,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { cookiesOf, logInAs, sessionsOf } from '../support/sessions.ts'
import { eventsOf, query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// Pages that do not notice by themselves that their session has ended.
test.beforeEach(({ context }) => stopLiveChanges(context))

/** The cookies of each account that has logged in. */
const logIns = new Map<Account, Promise<[name: string, value: string][]>>()

/** Replaces the session as a log-in in another window does, without notifying the open pages. */
async function switchAccount(context: BrowserContext, account: Account): Promise<void> {
  const loggedIn = logIns.get(account) ?? getCookies(account)
  logIns.set(account, loggedIn)
  await context.addCookies((await loggedIn).map(([name, value]) => ({ name, value, url: SHARED_SERVER })))
}

async function getCookies(account: Account): Promise<[string, string][]> {
  const answer = await logInByForm(account, { server: SHARED_SERVER })
  return answer.headers.getSetCookie().map((line) => {
    const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
    return [name, value]
  })
}

/** What a form of another account's page could have changed. */
async function stateOf({ userId }: Account) {
  const [tasks, sessions, passwords, roles] = await Promise.all([
    query('SELECT title, description, completed_at, deleted_at FROM tasks WHERE user_id = $1 ORDER BY id', [
      userId,
    ]),
    query('SELECT id, revoked_at FROM sessions WHERE user_id = $1 ORDER BY id', [userId]),
    query('SELECT hash FROM passwords WHERE user_id = $1', [userId]),
    query('SELECT role, disabled_at FROM users WHERE id = $1', [userId]),
  ])
  return { tasks, sessions, passwords, roles }
}

type Send = (page: Page) => Promise<void>
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** Each form of the signed-in pages: its path and how to send it. */
const FORMS: Record<string, { path: string | ((target: Account) => string); prepare?: Send; send: Send }> = {
  'a new task': { path: '/tasks', send: (page) => addTask(page, 'Private to the first') },
  'a ticked task': { path: '/tasks', send: (page) => checkbox(page, 'Own').click() },
  'a deleted task': { path: '/tasks', send: (page) => deleteButton(page, 'Own').click() },
  'a restored task': {
    path: '/tasks',
    prepare: (page) => untilSaved(page, () => deleteButton(page, 'Spare').click()),
    send: press('Undo'),
  },
  'an edited task': {
    path: '/tasks',
    prepare: (page) => openEditor(page, 'Own'),
    send: async (page) => {
      await page.getByLabel('Title').fill('Mine, longer')
      await page.getByLabel('Description').fill('Many words')
      await press('Save')(page)
      // The other account has no such task, so the page shows the text outside an editor.
      await expect(page.getByLabel('What you typed')).toHaveValue('Mine, longer\n\nMany words')
    },
  },
  'a device that is logged out': { path: '/settings/sessions', send: press(/^Log out (?!all)\S/) },
  'all other devices': { path: '/settings/sessions', send: press('Log out all other devices') },
  'a disowned event': {
    path: '/settings/activity?kind=all',
    prepare: (page) => page.getByRole('link', { name: 'This wasn’t me' }).first().click(),
    send: press('Log out my other devices'),
  },
  'a changed password': {
    path: '/settings/password',
    send: async (page) => {
      await page.getByLabel('Current password').fill('seven quiet herons at dusk')
      await page.getByLabel('New password').fill('eight loud herons at dawn')
      await press('Change password')(page)
    },
  },
  'an answer to a finding': { path: '/admin/security', send: press(/^Mark as handled/) },
  'an account action': {
    path: ({ userId }) => `/admin/users/${userId}?confirm=disable`,
    send: press('Disable account'),
  },
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('no form of one account’s page changes anything for the next account, and each names both accounts', async ({
      page,
      context,
      expectProblems,
    }) => {
      expectProblems(/status of 409/)
      const [first, second, target] = [await createAdmin(), await createAdmin(), await signUp()]
      for (const title of ['Own', 'Spare']) await createTask(first, title)
      await createTask(second, 'Of the second')
      await insertFinding({ pattern: 'address_failures', network: newIpAddress() })
      for (const [what, { path, prepare, send }] of Object.entries(FORMS)) {
        await test.step(what, async () => {
          await switchAccount(context, first)
          await page.goto(typeof path === 'string' ? path : path(target))
          if (javaScriptEnabled) await waitForHydration(page)
          await prepare?.(page)
          await expect(errorBox(page)).toHaveCount(0)
          await switchAccount(context, second)
          const before = await Promise.all([first, second, target].map(stateOf))

          await send(page)
          await expect(errorBox(page), what).toContainText(
            `belongs to ${first.email}, but this browser is now logged in as ${second.email}. Nothing was changed.`,
          )
          expect(await Promise.all([first, second, target].map(stateOf)), what).toEqual(before)
          // The page now belongs to the other account and shows nothing of the first but the typed text.
          await expect(page.getByText('Own', { exact: true })).toHaveCount(0)
          expect(await page.content()).not.toContain('herons at d')
        })
      }
      expect(await eventsOf(second.userId, 'access_denied', 'password_changed', 'session_revoked')).toEqual(
        [],
      )
    })

    test('a new task keeps its text and is saved for the next account only when it is sent again', async ({
      page,
      context,
      expectProblems,
    }) => {
      expectProblems(/status of 409/)
      const [first, second] = [await signUp(), await signUp()]
      await logInAs(page, first)
      if (javaScriptEnabled) await waitForHydration(page)
      await switchAccount(context, second)
      await addTask(page, 'Typed once')
      await expect(errorBox(page)).toContainText(`saved for ${second.email}`)
      await expect(page.getByLabel('New task')).toHaveValue('Typed once')
      if (javaScriptEnabled) await waitForHydration(page)
      await page.getByRole('button', { name: 'Add task' }).click()
      await expectTitles(page, ['Typed once'])
      expect((await stateOf(first)).tasks).toEqual([])
    })

    test('a log-out on one account’s page leaves the next account logged in and reports that', async ({
      page,
      context,
    }) => {
      const [first, second] = [await signUp(), await signUp()]
      await logInAs(page, first)
      await switchAccount(context, second)
      const before = await cookiesOf(context)
      await page.getByRole('button', { name: 'Log out', exact: true }).click()
      await expect(page.getByRole('status')).toContainText(`You’re still logged in as ${second.email}.`)
      // The flash message adds a cookie.
      expect(await cookiesOf(context)).toMatchObject(before)
      expect(await sessionsOf(second)).toMatchObject([{ revoked_reason: null }])
      await page.getByRole('button', { name: 'Log out', exact: true }).click()
      await expect(page).toHaveURL('/login')
      expect(await sessionsOf(second)).toMatchObject([{ revoked_reason: 'logged_out' }])
    })

    test('a log-in page that is older than the session replaces the account', async ({ page, context }) => {
      const [first, second] = [await signUp(), await signUp()]
      await page.goto('/login')
      if (javaScriptEnabled) await waitForHydration(page)
      await switchAccount(context, first)
      await page.getByLabel('Email').fill(second.email)
      await page.getByLabel('Password').fill(second.password)
      await page.getByRole('button', { name: 'Log in' }).click()
      await expect(page).toHaveURL('/tasks')
      expect(await sessionsOf(first)).toMatchObject([{ revoked_reason: 'replaced' }])
    })
  })
}

test('every posted form of every signed-in page contains the account', async ({ openBrowser }) => {
  // As the server sends them: no form is made by scripts alone.
  const page = await (await openBrowser({ javaScriptEnabled: false })).newPage()
  const account = await createAdmin()
  await createTask(account, 'Task')
  await insertFinding({ pattern: 'address_failures', network: newIpAddress() })
  await logInByApi(account.email, account.password)
  await logInAs(page, account, { path: null })
  const own = `/admin/users/${account.userId}?confirm=end-sessions`
  const paths = [
    '/tasks',
    '/settings/sessions',
    '/settings/activity',
    '/settings/password',
    '/settings/profile',
  ]
  for (const path of [...paths, '/admin/security', '/admin/users', '/admin/events', own]) {
    await page.goto(SHARED_SERVER + path)
    const accounts = await page.evaluate(() =>
      [...document.forms]
        .filter((form) => form.getAttribute('method')?.toLowerCase() === 'post')
        .map((form) => new FormData(form).get('account')),
    )
    expect(accounts.length, path).toBeGreaterThan(0)
    expect(new Set(accounts), path).toEqual(new Set([account.userId]))
  }
})

test('the action refuses a form without an account', async () => {
  const account = await signUp()
  const cookie = `taskward.access=${account.token}`
  const form = await openForm('/tasks', 'New task', { cookie })
  form.delete('account')
  const answer = await call('/tasks', {
    body: fill(form, { title: 'Of no page' }),
    cookie,
    headers: { origin: SHARED_SERVER },
  })
  expect(answer.status).toBe(409)
  expect(answer.text).toContain('Of no page')
  expect((await stateOf(account)).tasks).toEqual([])
})

test('a log-in in one window updates another visible window', async ({ page, context }) => {
  const [first, second] = [await signUp(), await signUp()]
  const other = await context.newPage()
  await other.goto('/login')
  await logInAs(page, first)
  await waitForHydration(page)
  await other.getByLabel('Email').fill(second.email)
  await other.getByLabel('Password').fill(second.password)
  await other.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByText(second.email)).toBeAttached()
  await expect(page.getByText(first.email)).toHaveCount(0)
})

test('pages work in a browser that refuses channels between windows', async ({ page, context }) => {
  await context.addInitScript(() => {
    window.BroadcastChannel = class {
      constructor() {
        throw new DOMException('refused', 'SecurityError')
      }
    } as unknown as typeof BroadcastChannel
  })
  await logInAs(page, await signUp())
  await waitForHydration(page)
  await addTask(page, 'Works')
  await expectTitles(page, ['Works'])
})
