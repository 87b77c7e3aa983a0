import { expect, test } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { signUp } from '../support/api.ts'
import { findFirefox } from '../support/browser.ts'
import { BASIC } from '../support/faults.ts'
import { type FaultyProxy, openFaultyProxy } from '../support/faulty-proxy.ts'
import { type Firefox, openFirefox } from '../support/firefox.ts'
import type { FirefoxPage } from '../support/firefox-page.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { sessionsOf } from '../support/sessions.ts'
import { query } from '../support/sql.ts'

// All tests share one Firefox, because it takes seconds to start.
test.describe.configure({ mode: 'default' })
test.skip(!findFirefox(), 'This machine has no Firefox: install it to run its journeys.')

let firefox: Firefox
let proxy: FaultyProxy

test.beforeAll(async () => {
  proxy = await openFaultyProxy()
  proxy.forwardTo(SHARED_SERVER)
  proxy.setFaults('asks for HTTP Basic', 'hides the referrer')
  firefox = await openFirefox()
})

test.afterAll(async () => {
  await firefox?.close()
  await proxy?.close()
})

test.afterEach(() => Promise.all([setScripted(true), setCookiesRefused(false)]))

const setScripted = (isOn: boolean) => firefox.setPreference('javascript.enabled', isOn)
/** 2 refuses all cookies and storage; 5 is Firefox's own choice. */
const setCookiesRefused = (isOn: boolean) =>
  firefox.setPreference('network.cookie.cookieBehavior', isOn ? 2 : 5)

async function fillLogIn(page: FirefoxPage, { email, password }: { email: string; password: string }) {
  await page.fill('Email', email)
  await page.fill('Password', password)
  await page.click('Log in', 'button')
}

/** Waits until this is the account's only task. A page shows a change before it is saved. */
async function expectTask(email: string, title: string, state: { completed: boolean; deleted: boolean }) {
  const sql = `SELECT title, completed_at IS NOT NULL AS completed, deleted_at IS NOT NULL AS deleted
    FROM tasks JOIN users ON users.id = user_id WHERE email = $1`
  await expect.poll(() => query(sql, [email]), { intervals: [50] }).toEqual([{ title, ...state }])
}

for (const isScripted of [true, false]) {
  test.describe(isScripted ? 'with JavaScript' : 'without JavaScript', () => {
    test.beforeEach(() => setScripted(isScripted))

    test('Firefox signs up, logs in, adds, completes, edits and deletes a task, and shows nothing after log-out', async () => {
      const email = newEmail()
      const page = await firefox.openPage(SHARED_SERVER)
      const ready = async () => isScripted && page.waitForHydration()
      await page.goto('/signup')
      await ready()
      await page.fill('Email', email)
      await page.fill('Password', PASSWORD)
      await page.click('Create account', 'button')
      await page.expectUrl('/tasks')

      await ready()
      await page.fill('New task', 'Water the ferns')
      await page.click('Add task', 'button')
      await page.waitFor('Edit Water the ferns', 'link')
      await page.click('Water the ferns', 'checkbox')
      await expectTask(email, 'Water the ferns', { completed: true, deleted: false })
      // Until the answer arrives, it would replace the page of the link.
      await page.expectText('Completed “Water the ferns”.')
      await page.click('Edit Water the ferns', 'link')
      await page.fill('Title', 'Water all ferns')
      await page.click('Save', 'button')
      await page.waitFor('Edit Water all ferns', 'link')
      await page.click('Delete Water all ferns', 'button')
      await expectTask(email, 'Water all ferns', { completed: true, deleted: true })
      // Until the answer arrives, "Undo" is that of the change before.
      await page.expectText('Deleted “Water all ferns”.')
      await page.click('Undo', 'button')
      await expectTask(email, 'Water all ferns', { completed: true, deleted: false })
      // Until then the page may follow the answer of the undo to the log-in page.
      await page.expectText('Brought back “Water all ferns”.')

      await page.click('Log out', 'button')
      await page.expectUrl('/login')
      await page.goBack()
      await page.expectText('Keep me logged in')
      expect(await page.text()).not.toContain('Water all ferns')
      await fillLogIn(page, { email, password: PASSWORD })
      await page.expectText('Water all ferns')
      expect(page.problems).toEqual([])
    })

    test('Firefox logs in and out behind a proxy that hides the referrer, with HTTP Basic credentials in the address', async () => {
      const account = await signUp()
      const page = await firefox.openPage(proxy.url)
      await page.goto('/login', BASIC)
      if (isScripted) {
        // The page drops the credentials from its address, because it can fetch nothing with them.
        await expect.poll(() => page.url(), { intervals: [50] }).toBe(`${proxy.url}/login`)
        await page.waitForHydration()
      }
      await fillLogIn(page, account)
      await page.expectUrl('/tasks')
      await page.click('Log out', 'button')
      await page.expectUrl('/login')
      expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: 'logged_out' }])
      expect(page.problems).toEqual([])
    })

    test('Firefox without cookies shows a log-in page that asks for them', async () => {
      await setCookiesRefused(true)
      const account = await signUp()
      const page = await firefox.openPage(SHARED_SERVER)
      await page.goto('/login')
      if (isScripted) await page.waitForHydration()
      await fillLogIn(page, account)
      await page.expectText(/cookies/i)
      expect(await page.text()).not.toContain(account.email)
      expect(page.problems).toEqual([])
    })
  })
}
