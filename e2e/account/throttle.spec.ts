import { createAccount, fillLogIn } from '../support/journeys.ts'
import { errorBox } from '../support/pages.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

let server: RunningServer

// Other tests fail log-ins from this machine's address, so this one uses addresses that a proxy forwards.
test.beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXY_HOPS: '1' })
})
test.afterAll(async () => server?.stop())

test('five wrong log-ins from an address throttle it, even with the right password, and no other address', async ({
  openBrowser,
}) => {
  const account = await createAccount()
  const from = (address: string) =>
    openBrowser({ baseURL: server.url, extraHTTPHeaders: { 'X-Forwarded-For': address } })
  const page = await (await from('198.51.100.7')).newPage()
  await page.goto('/login')
  for (let attempt = 1; attempt <= 5; attempt++) {
    await fillLogIn(page, { ...account, password: `Wrong password ${attempt}` })
    await expect(page.getByLabel('Password')).toHaveValue('')
    await expect(errorBox(page)).toHaveText('Wrong email or password.')
  }
  for (const password of ['Wrong password 6', account.password]) {
    await fillLogIn(page, { ...account, password })
    await expect(errorBox(page)).toHaveText(/^Too many attempts\. Try again in (\d+ seconds|a minute)\.$/)
    await expect(errorBox(page)).toBeFocused()
    await expect(page.getByLabel('Email')).toHaveValue(account.email)
  }

  const elsewhere = await (await from('203.0.113.9')).newPage()
  await elsewhere.goto('/login')
  await fillLogIn(elsewhere, account)
  await expect(elsewhere.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})
