import { stopLiveChanges } from '../support/live.ts'
import { followAccountLink } from '../support/pages.ts'
import {
  cookiesOf,
  countRotations,
  dropAccessTokenCookie,
  logInAsNewUser,
  setAccessTokenLifetime,
} from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

const PREFETCHES: Record<string, Record<string, string>> = {
  'the router': { rsc: '1', 'next-router-prefetch': '1' },
  'the router, for a segment': {
    rsc: '1',
    'next-router-prefetch': '1',
    'next-router-segment-prefetch': '/_tree',
  },
  'the browser': { 'sec-purpose': 'prefetch;prerender' },
}

// A stream of changes opens a second after its page, and would renew the session.
test.beforeEach(({ context }) => stopLiveChanges(context))

test('refuses a prefetch that would need a renewal and rotates nothing', async ({ page, context }) => {
  const account = await logInAsNewUser(page)
  await dropAccessTokenCookie(context)
  for (const [sender, headers] of Object.entries(PREFETCHES)) {
    const answer = await context.request.get('/settings/sessions', { headers, maxRedirects: 0 })
    expect(answer.status(), sender).toBe(401)
    expect(answer.headers()['cache-control'], sender).toBe('no-store')
    expect(answer.headers()['set-cookie'], sender).toBeUndefined()
  }
  expect(await countRotations(account)).toBe(0)

  await followAccountLink(page, 'Devices')
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible()
  expect(await countRotations(account)).toBe(1)
})

test('serves an icon with an expired session and rotates nothing', async ({ page, context }) => {
  const account = await logInAsNewUser(page, { path: null })
  await dropAccessTokenCookie(context)
  for (const path of ['/favicon.ico', '/icon.svg', '/apple-icon.png']) {
    const answer = await context.request.get(path)
    expect(answer.status(), path).toBe(200)
    expect(answer.headers()['set-cookie'], path).toBeUndefined()
  }
  expect(await countRotations(account)).toBe(0)
})

test('pages rotate nothing while the access token is valid', async ({ page, context }) => {
  const account = await logInAsNewUser(page)
  await setAccessTokenLifetime(context, 360)
  const before = await cookiesOf(context)
  for (const path of ['/settings/sessions', '/settings/password', '/', '/login', '/tasks'])
    await page.goto(path)
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  expect(await cookiesOf(context)).toEqual(before)
  expect(await countRotations(account)).toBe(0)
})

test('requests of another site rotate nothing, a link from there does', async ({
  page,
  context,
  baseURL,
}) => {
  const account = await logInAsNewUser(page, { path: null })
  await dropAccessTokenCookie(context)
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const sends = {
    'a call': () => context.request.get('/api/me/tasks', { headers: foreign }),
    'an unsafe call': () => context.request.delete('/api/me/sessions', { headers: foreign }),
    'a call of a neighbouring subdomain': () =>
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
      body: `<a href="${baseURL}/tasks">Open</a>`,
    }),
  )
  await page.goto('https://evil.example/')
  await page.getByRole('link', { name: 'Open' }).click()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  expect(await countRotations(account)).toBe(1)
})

test('a refused renewal clears no cookie, because a log-in may have replaced it meanwhile', async ({
  page,
  context,
  baseURL,
}) => {
  await logInAsNewUser(page, { path: null })
  await context.addCookies([{ name: 'taskward.refresh', value: 'worth-nothing', url: baseURL! }])
  await dropAccessTokenCookie(context)
  for (const path of ['/tasks', '/login']) {
    const answer = await context.request.get(path, { maxRedirects: 0 })
    expect(answer.headers()['set-cookie'], path).toBeUndefined()
  }
  await page.goto('/tasks')
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  expect(await cookiesOf(context)).toMatchObject({ refresh: 'worth-nothing' })
})
