import type { BrowserContext } from '@playwright/test'
import type { Account } from '../support/api.ts'
import { stopLiveChanges } from '../support/live.ts'
import { addTask, expectTitles, untilSaved, waitForHydration } from '../support/pages.ts'
import {
  countEvents,
  countRotations,
  dropAccessTokenCookie,
  logInAsNewUser,
  sessionsOf,
  setAccessTokenLifetime,
} from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// A stream of changes opens a second after its page, and would renew the session, too.
test.beforeEach(({ context }) => stopLiveChanges(context))

const HOURS = 3600

/** The states of an access token that make the gate renew the session. */
const RENEWAL_REASONS: Record<string, (context: BrowserContext) => Promise<void>> = {
  missing: dropAccessTokenCookie,
  expired: (context) => setAccessTokenLifetime(context, -HOURS),
  'about to expire': (context) => setAccessTokenLifetime(context, 240),
}

async function titlesOf({ userId }: Account): Promise<string[]> {
  const rows = await query<{ title: string }>('SELECT title FROM tasks WHERE user_id = $1 ORDER BY id', [
    userId,
  ])
  return rows.map(({ title }) => title)
}

for (const [state, expire] of Object.entries(RENEWAL_REASONS)) {
  test(`an access token that is ${state} is renewed by one rotation per visit, link, form and call`, async ({
    page,
    context,
  }) => {
    const account = await logInAsNewUser(page, { path: null })
    await expire(context)
    await page.goto('/settings/sessions')
    await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible()
    expect(await countRotations(account), 'after a visit').toBe(1)

    await waitForHydration(page)
    await expire(context)
    await page.getByRole('link', { name: 'Tasks' }).click()
    await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
    expect(await countRotations(account), 'after a link').toBe(2)

    await expire(context)
    await untilSaved(page, () => addTask(page, 'Typed with care'))
    await expectTitles(page, ['Typed with care'])
    await expect.poll(() => titlesOf(account)).toEqual(['Typed with care'])
    expect(await countRotations(account), 'after a form').toBe(3)

    await expire(context)
    const status = await page.evaluate(async () => (await fetch('/api/me/tasks')).status)
    expect(status).toBe(200)
    expect(await countRotations(account), 'after a call').toBe(4)
    expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null, unused: 1 }])
  })
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  for (const [state, expire] of Object.entries(RENEWAL_REASONS)) {
    test(`a form with an access token that is ${state} runs once and keeps what was typed`, async ({
      page,
      context,
    }) => {
      const account = await logInAsNewUser(page)
      const tooLong = 'Typed with care '.repeat(40)
      await expire(context)
      await addTask(page, tooLong)
      await expect(page.getByLabel('New task')).toHaveAccessibleDescription(/500 characters/)
      await expect(page.getByLabel('New task')).toHaveValue(tooLong)
      expect(await countRotations(account)).toBe(1)

      await expire(context)
      await addTask(page, 'Shorter')
      await expectTitles(page, ['Shorter'])
      await page.reload()
      expect(await titlesOf(account)).toEqual(['Shorter'])
      expect(await countRotations(account)).toBe(2)
    })
  }
})

test('a form in a tab that was open overnight is saved after one rotation', async ({ page, context }) => {
  const account = await logInAsNewUser(page)
  await waitForHydration(page)
  await page.getByLabel('New task').fill('What I thought of yesterday')
  await setAccessTokenLifetime(context, -12 * HOURS)
  await query(
    `WITH night AS (SELECT interval '12 hours' AS gone),
     aged AS (UPDATE sessions SET created_at = created_at - gone, last_seen_at = last_seen_at - gone,
       expires_at = expires_at - gone FROM night WHERE user_id = $1 RETURNING id)
     UPDATE refresh_tokens SET created_at = created_at - gone, expires_at = expires_at - gone
     FROM night WHERE session_id IN (SELECT id FROM aged)`,
    [account.userId],
  )
  await page.getByRole('button', { name: 'Add task' }).click()
  await expectTitles(page, ['What I thought of yesterday'])
  await expect.poll(() => titlesOf(account)).toEqual(['What I thought of yesterday'])
  expect(await countRotations(account)).toBe(1)
})

test('twenty concurrent requests cause one rotation', async ({ page, context }) => {
  const account = await logInAsNewUser(page)
  await dropAccessTokenCookie(context)
  const statuses = await page.evaluate(() =>
    Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await fetch(`/api/me/tasks?limit=${i + 1}`)).status),
    ),
  )
  expect(statuses).toEqual(Array(20).fill(200))
  expect(await countRotations(account)).toBe(1)
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null, unused: 1 }])

  await dropAccessTokenCookie(context)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})

test('two tabs that renew concurrently stay signed in by one rotation', async ({ page, context }) => {
  const account = await logInAsNewUser(page)
  const other = await context.newPage()
  await dropAccessTokenCookie(context)
  await Promise.all([page.goto('/tasks'), other.goto('/settings/sessions')])
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  await expect(other.getByRole('heading', { name: 'Devices' })).toBeVisible()
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null, unused: 1 }])
  expect(await countRotations(account)).toBe(1)

  // Whichever response arrives last, the browser holds the valid token.
  await dropAccessTokenCookie(context)
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Devices' })).toBeVisible()
  expect(await countRotations(account)).toBe(2)
  expect(await countEvents(account, 'refresh_token_reused')).toBe(0)
})
