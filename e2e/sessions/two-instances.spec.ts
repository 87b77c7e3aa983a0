import type { Page } from '@playwright/test'
import { signUp } from '../support/api.ts'
import { HIGH_LIMITS, SHARED_SERVER } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { logInAs } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

let neighbour: RunningServer

test.beforeAll(async () => {
  neighbour = await startServer({ ...HIGH_LIMITS, COOKIE_PREFIX: 'work' })
})

test.afterAll(() => neighbour?.stop())

async function enterAt(page: Page, server: string): Promise<string> {
  const account = await signUp({ server })
  await logInAs(page, account)
  return account.email
}

async function expectShown(page: Page, server: string, email: string): Promise<void> {
  await page.goto(`${server}/tasks`)
  await expect(page).toHaveURL(`${server}/tasks`)
  await expect(page.getByText(email)).toBeAttached()
}

test('two instances on one host with different COOKIE_PREFIXes keep separate sessions', async ({
  page,
  context,
}) => {
  const here = await enterAt(page, SHARED_SERVER)
  await page.getByRole('radio', { name: 'Dark' }).check()
  const there = await enterAt(page, neighbour.url)
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked()
  await expectShown(page, SHARED_SERVER, here)
  await expectShown(page, neighbour.url, there)
  const names = (await context.cookies()).map(({ name }) => name)
  expect(names.sort()).toEqual([
    ...['taskward.access', 'taskward.device', 'taskward.refresh', 'taskward.theme'],
    ...['work.access', 'work.device', 'work.refresh'],
  ])

  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL(`${neighbour.url}/login`)
  await expectShown(page, SHARED_SERVER, here)
  // A renewal replaces the tokens of one instance only.
  await context.clearCookies({ name: 'taskward.access' })
  await expectShown(page, SHARED_SERVER, here)
})
