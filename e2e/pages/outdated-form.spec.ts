import type { Page } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { call, signUp } from '../support/api.ts'
import { cookiesOf, fill, logInByForm, openForm } from '../support/forms.ts'
import { createAccount, logIn, openTasks } from '../support/journeys.ts'
import { addTask, errorBox, expectTitles, openEditor, waitForHydration } from '../support/pages.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { expect, test } from '../support/test.ts'

/** An action id of the right form that this build lacks, as in a form of another build. */
const UNKNOWN_ACTION = `60${'ab'.repeat(20)}`
const OUTDATED = /^This page was out of date, so nothing was saved\. It is up to date now/

/** Replaces the action ids in the forms of a page without JavaScript. */
async function outdateForms(page: Page): Promise<void> {
  await page.evaluate((unknown) => {
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name^="$ACTION_"][name$=":0"]')) {
      input.value = input.value.replace(/"id":"\w+"/, `"id":"${unknown}"`)
    }
  }, UNKNOWN_ACTION)
}

/** Replaces the action ids that the router sends, until the page is unrouted. */
async function outdateRouter(page: Page): Promise<void> {
  await page.route('**', (route) => {
    const headers = route.request().headers()
    return headers['next-action']
      ? route.continue({ headers: { ...headers, 'next-action': UNKNOWN_ACTION } })
      : route.fallback()
  })
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test.beforeEach(({ expectProblems }) => expectProblems(/status of 409/))

    const outdate = javaScriptEnabled ? outdateRouter : outdateForms

    async function ready(page: Page) {
      if (javaScriptEnabled) await waitForHydration(page)
      await outdate(page)
    }

    async function expectReturned(page: Page) {
      await expect(errorBox(page)).toHaveText(OUTDATED)
      await expect(errorBox(page)).toBeFocused()
      await page.unroute('**')
    }

    test('a new task of another build’s page returns with its text and can be sent again', async ({
      page,
    }) => {
      await openTasks(page, ['Was there'])
      await ready(page)
      await addTask(page, 'Typed before the update “ä 木”')
      await expectReturned(page)
      await expect(page.getByLabel('New task')).toHaveValue('Typed before the update “ä 木”')
      await expectTitles(page, ['Was there'])
      await page.getByRole('button', { name: 'Add task' }).click()
      await expectTitles(page, ['Typed before the update “ä 木”', 'Was there'])
      await expect(errorBox(page)).toHaveCount(0)
    })

    test('an edit of another build’s page returns in its editor', async ({ page }) => {
      await openTasks(page, ['Other', 'Old name'])
      if (javaScriptEnabled) await waitForHydration(page)
      await openEditor(page, 'Old name')
      await expect(page.getByLabel('Title')).toBeVisible()
      await outdate(page)
      await page.getByLabel('Title').fill('New name')
      await page.getByLabel('Description').fill('Two\nlines')
      await page.getByRole('button', { name: 'Save' }).click()
      await expectReturned(page)
      await expect(page.getByLabel('Title')).toHaveValue('New name')
      await expect(page.getByLabel('Description')).toHaveValue('Two\nlines')
      if (javaScriptEnabled) await waitForHydration(page)
      await page.getByRole('button', { name: 'Save' }).click()
      await expectTitles(page, ['New name', 'Other'])
    })

    test('a log-in and a sign-up of another build’s page return without the password', async ({ page }) => {
      const account = await signUp()
      for (const [path, button] of [
        ['/login', 'Log in'],
        ['/signup', 'Create account'],
      ] as const) {
        const email = path === '/login' ? account.email : newEmail()
        await page.goto(`${path}?next=%2Fsettings%2Fsessions`)
        await ready(page)
        await page.getByLabel('Email').fill(email)
        await page.getByLabel('Password').fill(PASSWORD)
        await page.getByRole('button', { name: button }).click()
        await expectReturned(page)
        expect(await page.content()).not.toContain(PASSWORD)
        await expect(page.getByLabel('Email')).toHaveValue(email)
        if (javaScriptEnabled) await waitForHydration(page)
        await page.getByLabel('Password').fill(PASSWORD)
        await page.getByRole('button', { name: button }).click()
        await expect(page).toHaveURL('/settings/sessions')
        await page.getByRole('button', { name: 'Log out', exact: true }).click()
        await expect(page).toHaveURL('/login')
      }
    })

    test('a button of another build’s page does nothing and reports that', async ({ page }) => {
      const account = await createAccount()
      await logIn(page, account, { path: null })
      await page.goto('/settings/sessions')
      await ready(page)
      await page.getByRole('button', { name: 'Log out all other devices' }).click()
      await expectReturned(page)
      await expect(page.getByRole('list', { name: 'Devices' }).getByRole('listitem')).toHaveCount(2)
    })
  })
}

test('redirects a signed-out form of another build to the log-in', async () => {
  const account = await signUp()
  const form = fill(await openForm('/tasks', 'New task', { cookie: `taskward.access=${account.token}` }), {
    title: 'x',
  })
  form.set('$ACTION_1:0', `{"id":"${UNKNOWN_ACTION}","bound":"$@1"}`)
  const answer = await call('/tasks', { body: form, headers: { origin: SHARED_SERVER } })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?next=%2Ftasks'])
})

test('a form that is refused after a renewal sends the new tokens', async () => {
  const account = await signUp()
  const refreshCookie = cookiesOf(await logInByForm(account, { server: SHARED_SERVER })).replace(
    /taskward\.access=[^;]*; /,
    '',
  )
  const form = await openForm('/tasks', 'New task', { cookie: `taskward.access=${account.token}` })
  const malformed = fill(new FormData(), { x: 'y' })
  for (const [body, headers, status] of [
    [fill(form, { title: 'x', $ACTION_KEY: 'twice' }), {}, 400],
    [malformed, { 'next-action': UNKNOWN_ACTION }, 400],
    [fill(new FormData(), { '0': '[null,"$K1"]' }), { 'next-action': UNKNOWN_ACTION }, 409],
    [fill(new FormData(), { form: 'add-task' }), {}, 409],
  ] as const) {
    const answer = await call('/tasks', {
      body,
      cookie: refreshCookie,
      headers: { origin: SHARED_SERVER, ...headers },
    })
    expect(answer.status).toBe(status)
    const names = answer.headers.getSetCookie().map((line) => line.split('=')[0])
    expect(names.sort()).toEqual(['taskward.access', 'taskward.refresh'])
  }
})

test('ignores a client’s header that imitates a form returned by the gate', async () => {
  const { token } = await signUp()
  const returned = encodeURIComponent(
    JSON.stringify({ form: 'add-task', message: 'Send me your password', values: {} }),
  )
  const answer = await call('/tasks', {
    cookie: `taskward.access=${token}`,
    headers: { 'x-taskward-returned-form': returned },
  })
  expect(answer.status).toBe(200)
  expect(answer.text).not.toContain('Send me your password')
})
