import type { Page } from '@playwright/test'
import { createAdmin } from '../support/administrators.ts'
import { call, signUp } from '../support/api.ts'
import { createTask, deleteTask } from '../support/journeys.ts'
import { errorBox } from '../support/pages.ts'
import { logInAs, logInAsNewUser, setFlashMessage } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

// Notices come from the server, and there are many pages.
test.use({ javaScriptEnabled: false })

/** Addresses that would cause a false notice if pages trusted their parameters. */
const FORGED_ADDRESSES = [
  '/settings/password?changed',
  '/settings/password?changed=1&disowned=1',
  '/settings/password?disowned',
  '/settings/password?required',
  '/settings/sessions?ended=others',
  '/settings/sessions?ended=019d0000-0000-7000-8000-000000000000',
  '/tasks?stayed',
  '/tasks?undo=019d0000-0000-7000-8000-000000000000',
  '/tasks/history?undone=019d0000-0000-7000-8000-000000000000',
]
const ADMIN_ACTIONS = [
  'block-hour',
  'block-day',
  'unblock',
  'end-sessions',
  'require-password-change',
  'handled',
]

async function expectNoNotice(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible()
  await expect(page.getByRole('main').getByRole('status'), path).toHaveCount(0)
}

test('no address or forged cookie makes a page claim an action that did not happen', async ({
  page,
  context,
}) => {
  await logInAsNewUser(page, { path: null })
  for (const path of FORGED_ADDRESSES) await expectNoNotice(page, path)
  for (const value of [
    'password-changed',
    'password-changed.',
    `changed.${Buffer.from('{"batchId":null,"skips":[]}').toString('base64url')}`,
    'changed.e30.019d0000-0000-7000-8000-000000000000',
    'event-disowned.019d0000-0000-7000-8000-000000000000',
  ]) {
    await context.addCookies([{ name: 'taskward.done', value, url: page.url() }])
    for (const path of FORGED_ADDRESSES) await expectNoNotice(page, path)
  }
  await context.clearCookies()
  for (const path of [
    '/login?reason=expired',
    '/login?ended=password_changed',
    '/signup?done=1',
    '/forgot-password?sent',
    '/?stayed',
  ]) {
    await expectNoNotice(page, path)
  }
})

test('no address makes an administrator’s page claim an action that did not happen', async ({
  page,
  context,
}) => {
  const admin = await createAdmin()
  await logInAs(page, admin, { path: null })
  for (const action of ADMIN_ACTIONS) await expectNoNotice(page, `/admin/security?done=${action}`)
  // The account is enabled, but no action has just enabled it.
  await expectNoNotice(page, `/admin/users/${admin.userId}?done=enable`)
  await setFlashMessage(context, 'unblock')
  await expectNoNotice(page, '/admin/security?done=handled')
  await page.goto('/admin/security?done=unblock')
  await expect(page.getByRole('main').getByRole('status')).toHaveText('The address is no longer blocked.')
})

test('the page reports a task in the address as deleted only if it was', async ({ page }) => {
  const [account, other] = [await signUp(), await signUp()]
  const own = await createTask(account, 'Own')
  await deleteTask(account, own)
  const foreign = await createTask(other, 'Foreign')
  await logInAs(page, account, { path: null })
  for (const id of ['nothing', foreign, '019d0000-0000-7000-8000-000000000000']) {
    await page.goto(`/tasks?edit=${id}`)
    await expect(errorBox(page)).toHaveText(/^The task you want to edit is not on this page\./)
  }
  await page.goto(`/tasks?edit=${own}`)
  await expect(errorBox(page)).toHaveText(/^This task is gone\./)
})

test('the page for an outage has no public address', async () => {
  const { token } = await signUp()
  const answer = await call('/unavailable', { cookie: `taskward.access=${token}` })
  expect(answer.status).toBe(404)
  expect(answer.text).not.toMatch(/<h1[^>]*>We’ll be right back/)
})
