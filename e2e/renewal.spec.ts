import type { BrowserContext } from '@playwright/test'
import type { Account } from './support/api.ts'
import { addTask, expectTitles, waitForHydration } from './support/pages.ts'
import {
  cookiesOf,
  countEvents,
  countRotations,
  enterNew,
  loseAccessToken,
  sessionsOf,
  setAccessTokenLife,
} from './support/sessions.ts'
import { query } from './support/sql.ts'
import { expect, test } from './support/test.ts'

const HOURS = 3600

/** The ways in which an access token needs a renewal. */
const NEEDS: Record<string, (context: BrowserContext) => Promise<void>> = {
  gone: loseAccessToken,
  over: (context) => setAccessTokenLife(context, -HOURS),
  'about to end': (context) => setAccessTokenLife(context, 240),
}

async function titlesOf({ userId }: Account): Promise<string[]> {
  const rows = await query<{ title: string }>('SELECT title FROM tasks WHERE user_id = $1 ORDER BY id', [
    userId,
  ])
  return rows.map(({ title }) => title)
}

for (const [state, age] of Object.entries(NEEDS)) {
  test(`whoever’s access token is ${state} goes on without noticing, by one rotation each time`, async ({
    page,
    context,
  }) => {
    const account = await enterNew(page)
    await age(context)
    await page.goto('/settings/sessions')
    await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible()
    expect(await countRotations(account), 'after a visit').toBe(1)

    await waitForHydration(page)
    await age(context)
    await page.getByRole('link', { name: 'Tasks' }).click()
    await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
    expect(await countRotations(account), 'after a link').toBe(2)

    await age(context)
    await addTask(page, 'Typed with care')
    await expectTitles(page, ['Typed with care'])
    await expect.poll(() => titlesOf(account)).toEqual(['Typed with care'])
    expect(await countRotations(account), 'after a form').toBe(3)

    await age(context)
    const status = await page.evaluate(async () => (await fetch('/api/me/tasks')).status)
    expect(status).toBe(200)
    expect(await countRotations(account), 'after a call').toBe(4)
    expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null, unused: 1 }])
  })
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  for (const [state, age] of Object.entries(NEEDS)) {
    test(`a form sent with an access token that is ${state} is done once, and keeps what was typed`, async ({
      page,
      context,
    }) => {
      const account = await enterNew(page)
      const tooLong = 'Typed with care '.repeat(40)
      await age(context)
      await addTask(page, tooLong)
      await expect(page.getByLabel('New task')).toHaveAccessibleDescription(/500 characters/)
      await expect(page.getByLabel('New task')).toHaveValue(tooLong)
      expect(await countRotations(account)).toBe(1)

      await age(context)
      await addTask(page, 'Shorter')
      await expectTitles(page, ['Shorter'])
      await page.reload()
      expect(await titlesOf(account)).toEqual(['Shorter'])
      expect(await countRotations(account)).toBe(2)
    })
  }
})

test('a tab left open overnight goes on where it was', async ({ page, context }) => {
  const account = await enterNew(page)
  await waitForHydration(page)
  await page.getByLabel('New task').fill('What I thought of yesterday')
  await setAccessTokenLife(context, -12 * HOURS)
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

test('twenty requests at once rotate once', async ({ page, context }) => {
  const account = await enterNew(page)
  await loseAccessToken(context)
  const statuses = await page.evaluate(() =>
    Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await fetch(`/api/me/tasks?limit=${i + 1}`)).status),
    ),
  )
  expect(statuses).toEqual(Array(20).fill(200))
  expect(await countRotations(account)).toBe(1)
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null, unused: 1 }])

  await loseAccessToken(context)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})

test('two tabs that wake at once are both signed in, by one session and one new token', async ({
  page,
  context,
}) => {
  const account = await enterNew(page)
  const other = await context.newPage()
  await loseAccessToken(context)
  await Promise.all([page.goto('/tasks'), other.goto('/settings/sessions')])
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  await expect(other.getByRole('heading', { name: 'Devices' })).toBeVisible()
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: null, unused: 1 }])
  expect(await countRotations(account)).toBe(1)

  // Whichever answer came last, the browser holds the token that counts.
  await loseAccessToken(context)
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Devices' })).toBeVisible()
  expect(await countRotations(account)).toBe(2)
  expect(await countEvents(account, 'refresh_token_reused')).toBe(0)
})

const PREFETCHES: Record<string, Record<string, string>> = {
  'Next’s router': { rsc: '1', 'next-router-prefetch': '1' },
  'its segments': { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  'the browser': { 'sec-purpose': 'prefetch;prerender' },
}

for (const [what, headers] of Object.entries(PREFETCHES)) {
  test(`a prefetch by ${what} that would need a renewal is refused and rotates nothing`, async ({
    page,
    context,
  }) => {
    const account = await enterNew(page)
    await loseAccessToken(context)
    const answer = await context.request.get('/settings/sessions', { headers, maxRedirects: 0 })
    expect(answer.status()).toBe(401)
    expect(answer.headers()['cache-control']).toBe('no-store')
    expect(answer.headers()['set-cookie']).toBeUndefined()
    expect(await countRotations(account)).toBe(0)

    await page.getByRole('link', { name: 'Devices' }).click()
    await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible()
    expect(await countRotations(account)).toBe(1)
  })
}

test('pages rotate nothing as long as the access token lasts', async ({ page, context }) => {
  const account = await enterNew(page)
  await setAccessTokenLife(context, 360)
  const before = await cookiesOf(context)
  for (const path of ['/settings/sessions', '/settings/password', '/', '/login', '/tasks'])
    await page.goto(path)
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  expect(await cookiesOf(context)).toEqual(before)
  expect(await countRotations(account)).toBe(0)
})

test('what another site sends renews nothing; a link from there does', async ({ page, context, baseURL }) => {
  const account = await enterNew(page)
  await loseAccessToken(context)
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const sends = {
    'a call': () => context.request.get('/api/me/tasks', { headers: foreign }),
    'an unsafe call': () => context.request.delete('/api/me/sessions', { headers: foreign }),
    'a call by a neighbour of the same site': () =>
      context.request.get('/api/me/tasks', { headers: { 'sec-fetch-site': 'same-site' } }),
    'a form': () => context.request.post('/tasks', { headers: foreign, multipart: { title: 'Not mine' } }),
    'an image': () =>
      context.request.get('/tasks', {
        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
        maxRedirects: 0,
      }),
  }
  for (const [what, send] of Object.entries(sends)) {
    const answer = await send()
    expect([303, 401, 403], what).toContain(answer.status())
    expect(answer.headers()['set-cookie'], what).toBeUndefined()
  }
  expect(await countRotations(account)).toBe(0)

  await page.route('https://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<a href="${baseURL}/tasks">Look</a>`,
    }),
  )
  await page.goto('https://evil.example/')
  await page.getByRole('link', { name: 'Look' }).click()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  expect(await countRotations(account)).toBe(1)
})

test('a refused renewal clears no cookie: it may be older than a new log-in', async ({
  page,
  context,
  baseURL,
}) => {
  await enterNew(page)
  await context.addCookies([{ name: 'taskward.refresh', value: 'worth-nothing', url: baseURL! }])
  await loseAccessToken(context)
  for (const path of ['/tasks', '/login']) {
    const answer = await context.request.get(path, { maxRedirects: 0 })
    expect(answer.headers()['set-cookie'], path).toBeUndefined()
  }
  await page.goto('/tasks')
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  expect(await cookiesOf(context)).toMatchObject({ refresh: 'worth-nothing' })
})
