import type { Page } from '@playwright/test'
import { type Account, signUp } from '../support/api.ts'
import { LAN_NAME } from '../support/browser.ts'
import { BASIC, type Fault } from '../support/faults.ts'
import { type FaultyProxy, openFaultyProxy, type Replacement } from '../support/faulty-proxy.ts'
import { fillLogIn } from '../support/journeys.ts'
import { addTask, errorBox, expectTitles, waitForHydration } from '../support/pages.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { editTaskAndLogOut, sessionsOf } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

// One server behind one proxy, whose faults change from test to test.
test.describe.configure({ mode: 'default' })
test.use({ httpCredentials: BASIC })

let proxy: FaultyProxy
let server: RunningServer

test.beforeAll(async () => {
  proxy = await openFaultyProxy()
  server = await startServer({ ...HIGH_LIMITS, APP_URL: proxy.url, TRUSTED_PROXY_HOPS: '1' })
  proxy.forwardTo(server.url)
})

test.afterAll(async () => {
  await proxy.close()
  await server.stop()
})

async function logIn(page: Page, isScripted: boolean): Promise<Account> {
  const account = await signUp()
  await page.goto(`${proxy.url}/login?next=%2Ftasks`)
  if (isScripted) await waitForHydration(page)
  await fillLogIn(page, account)
  await expect(page).toHaveURL(`${proxy.url}/tasks`)
  return account
}

const FAULTS: Record<string, Fault[]> = {
  'that requires HTTP Basic': ['asks for HTTP Basic', 'buffers'],
  'that forwards bodies in chunks and rewrites email addresses': ['forwards in chunks', 'rewrites addresses'],
  'that hides the referrer': ['hides the referrer'],
  'that speaks HTTP/1.0, limits headers, drops Sec-Fetch and idle connections': [
    'speaks HTTP/1.0',
    'limits headers',
    'drops Sec-Fetch',
    'drops idle connections',
  ],
}

for (const isScripted of [true, false]) {
  test.describe(isScripted ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: isScripted })

    for (const [name, faults] of Object.entries(FAULTS)) {
      test(`a user behind a proxy ${name} logs in, adds and edits a task, and logs out`, async ({ page }) => {
        proxy.setFaults(...faults)
        const account = await logIn(page, isScripted)
        await expect(page.getByText(account.email)).toBeAttached()

        if (isScripted) await waitForHydration(page)
        await editTaskAndLogOut(page, account, proxy.url)
        await page.goto(`${proxy.url}/tasks`)
        await expect(page).toHaveURL(`${proxy.url}/login?next=%2Ftasks`)
      })
    }

    test('the log-in page at another host name refuses the form and names the address of the site', async ({
      page,
      expectProblems,
    }) => {
      expectProblems(/status of 403/, /Cross-Origin-Opener-Policy header has been ignored/)
      const account = await signUp()
      await page.goto(`http://${LAN_NAME}:${new URL(server.url).port}/login`)
      if (isScripted) await waitForHydration(page)
      await fillLogIn(page, account)
      await expect(page.locator('body')).toContainText(
        `The address of this site is ${proxy.url}. Forms work only there`,
      )
      expect(await sessionsOf(account)).toEqual([])
    })
  })
}

/** Responses of something between the browser and the server, and the message that the page shows. */
const REPLACED_RESPONSES: [instead: Replacement, message: RegExp][] = [
  [{ status: 403, body: '<h1>Request blocked</h1>' }, /refused/],
  [{ status: 502, body: '<h1>502 Bad Gateway</h1>' }, /may have been saved/],
  [{ status: 200, body: '<h1>Welcome to the network of this hotel</h1>' }, /Another page came back/],
  ['cut', /may have been saved/],
]

test('a response that is not the server’s is reported as such, and the typed text stays', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of (403|502)/, /net::ERR_/)
  proxy.setFaults()
  await logIn(page, true)
  await waitForHydration(page)
  for (const [instead, message] of REPLACED_RESPONSES) {
    proxy.answerNextPost(instead)
    await addTask(page, 'Typed once')
    await expect(errorBox(page)).toContainText(message)
    await expect(errorBox(page)).not.toContainText('nothing was sent')
    await expect(page.getByLabel('New task')).toHaveValue('Typed once')
  }
  // The proxy cut the last response off after the server had saved the task.
  await page.reload()
  await expectTitles(page, ['Typed once'])
})
