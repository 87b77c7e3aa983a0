import { LIMITS } from '#lib/throttle/limits.ts'
import { expectNoViolations } from '../support/accessibility.ts'
import { type Account, call, expectApiAnswer, expectError, logIn, refresh, signUp } from '../support/api.ts'
import { generous } from '../support/global-setup.ts'
import { createConfirmationLink } from '../support/links.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { logInAs } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

const PAGE = '/settings/confirm-email'
let server: RunningServer
let account: Account

test.beforeAll(async () => {
  server = await startServer({ REQUIRE_CONFIRMED_EMAIL: 'true', RATE_LIMITS: generous(LIMITS) })
})
test.afterAll(() => server.stop())

test.beforeEach(async () => {
  account = await signUp({ server: server.url })
})

test('an account without a confirmed email gets one page, until a link confirms it', async ({
  openBrowser,
}) => {
  const page = await (await openBrowser({ baseURL: server.url })).newPage()
  await logInAs(page, account, { path: null })
  for (const path of ['/tasks', '/settings/sessions', '/settings/profile/delete', '/', '/login']) {
    await page.goto(path)
    await expect(page, path).toHaveURL(`${PAGE}?required`)
  }
  await expect(page.getByRole('heading', { name: 'Confirm your email' })).toBeVisible()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByRole('status')).toHaveText(`We sent a link to ${account.email}.`)
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
  await expectNoViolations(page)

  await page.goto(await createConfirmationLink(account.userId))
  await page.getByRole('button', { name: 'Confirm email' }).click()
  await page.getByRole('link', { name: 'Go to your tasks' }).click()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})

test('the API refuses everything but the account itself, log-out, refresh and a further link', async () => {
  const { token } = account
  const at = { server: server.url }
  for (const [path, options] of [
    ['/api/me/tasks', { token }],
    ['/api/me/tasks', { token, json: { title: 'Never saved' } }],
    ['/api/me/sessions', { token }],
    ['/api/auth/me/export', { token }],
    ['/api/auth/me', { token, method: 'PATCH', json: { name: 'x' } }],
  ] as const) {
    expectError(await call(path, { ...at, ...options }), 403, 'EMAIL_NOT_CONFIRMED')
  }
  const renewed = await refresh(account.refreshToken, at)
  expectApiAnswer(renewed, 200)
  const again = await logIn(account.email, account.password, at)
  expectError(await call('/api/me/tasks', { ...at, token: again.body.token }), 403, 'EMAIL_NOT_CONFIRMED')
  const session = { ...at, token: renewed.body.access_token }
  expectApiAnswer(await call('/api/auth/me', session), 200)
  expectApiAnswer(await call('/api/auth/email/resend', { ...session, method: 'POST' }), 202)
  expectApiAnswer(await call('/api/auth/logout', { ...session, method: 'POST' }), 200)
})
