import { createAdmin, logInAsAdmin } from '../support/administrators.ts'
import { call, expectApiAnswer, expectError, expectInvalid, newIpAddress, signUp } from '../support/api.ts'
import { insertFinding } from '../support/findings.ts'
import { fill, openForm } from '../support/forms.ts'
import { openAccountMenu } from '../support/pages.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { logInAsNewUser } from '../support/sessions.ts'
import { eventsOf, query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'
const API = ['/api/admin/events', '/api/admin/findings', '/api/admin/users', '/api/admin/blocks']
const cookieOf = (token: string) => `taskward.access=${token}`

test('a user who is no administrator gets 404 from admin pages and endpoints, and each attempt is recorded', async () => {
  const user = await signUp()
  const other = await signUp()
  const pages = [
    '/admin',
    '/admin/security',
    '/admin/users',
    '/admin/events',
    `/admin/users/${other.userId}`,
    `/admin/users/${UNKNOWN_ID}`,
  ]
  for (const path of pages) {
    const answer = await call(path, { cookie: cookieOf(user.token) })
    expect(answer.status, path).toBe(404)
    expect(answer.text).toContain('Page not found')
    expect(answer.text).not.toContain(other.email)
    expect(answer.text).not.toContain('Security')
  }
  for (const path of API) expectError(await call(path, { token: user.token }), 404, 'NOT_FOUND')
  const events = await eventsOf(user.userId, 'access_denied')
  expect(events.length).toBeGreaterThanOrEqual(pages.length + API.length)
  expect(events[0]).toMatchObject({ success: false, failure_reason: 'not_an_administrator' })
})

test('a signed-out visitor is redirected to log in by admin pages and gets 401 from the admin API', async () => {
  for (const path of ['/admin', '/admin/security', '/admin/users', '/admin/events']) {
    const answer = await call(path)
    expect([303, 307]).toContain(answer.status)
    expect(answer.headers.get('location')).toContain(`/login?next=${encodeURIComponent(path)}`)
  }
  for (const path of API) expectError(await call(path), 401, 'UNAUTHORIZED')
})

test('a user who posts an administrator’s forms gets 404 and changes nothing', async () => {
  const admin = await createAdmin()
  const thief = await signUp()
  const victim = await signUp()
  const network = newIpAddress()
  const finding = await insertFinding({ pattern: 'address_failures', network })
  for (const [path, button] of [
    [`/admin/users/${victim.userId}?confirm=disable`, 'Disable account'],
    [`/admin/security?confirm=block-hour&finding=${finding}`, `Block ${network}`],
    ['/admin/security', network],
  ] as const) {
    const form = await openForm(path, button, { cookie: cookieOf(admin.token) })
    const forged = fill(form, { answer: 'handled', target: finding })
    const withThiefAsTarget = fill(form, {})
    withThiefAsTarget.set('account', thief.userId)
    for (const body of [form, forged, withThiefAsTarget]) {
      const answer = await call(path, {
        body,
        cookie: cookieOf(thief.token),
        headers: { origin: SHARED_SERVER },
      })
      expect(answer.status).toBe(404)
    }
  }
  expect(await query('SELECT disabled_at, role FROM users WHERE id = $1', [victim.userId])).toEqual([
    { disabled_at: null, role: 'user' },
  ])
  expect(await query('SELECT 1 FROM blocked_networks WHERE network = $1', [network])).toEqual([])
  expect(await query('SELECT handled_at FROM findings WHERE id = $1', [finding])).toEqual([
    { handled_at: null },
  ])
})

test('a demoted administrator gets "Page not found" from the next page', async ({ page, expectProblems }) => {
  expectProblems(/status of 404/)
  const admin = await logInAsAdmin(page, { path: '/admin/users' })
  await query("UPDATE users SET role = 'user' WHERE id = $1", [admin.userId])
  const answer = await page.goto('/admin/users')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
})

test('the navigation of a user who is no administrator has no admin link', async ({ page }) => {
  await logInAsNewUser(page)
  await openAccountMenu(page)
  await expect(page.getByRole('link', { name: 'Profile' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0)
})

test('the page of an unknown user is 404 for an administrator', async () => {
  const { token } = await createAdmin()
  for (const id of [UNKNOWN_ID, 'nothing', '%00', "'--"]) {
    expect((await call(`/admin/users/${encodeURIComponent(id)}`, { cookie: cookieOf(token) })).status).toBe(
      404,
    )
  }
})

test('the admin API filters and pages events and findings, and names invalid parameters', async () => {
  const { token } = await createAdmin()
  const user = await signUp()
  const network = newIpAddress()
  await insertFinding({ pattern: 'address_failures', network })
  type List = { data: Record<string, unknown>[]; meta: { count: number; next_cursor: string | null } }

  const events = await call<List>(
    `/api/admin/events?user_id=${user.userId}&type=signup&success=true&limit=1&ip_address=127.0.0.1&since=2020-01-01T00:00:00Z`,
    { token },
  )
  expectApiAnswer(events, 200)
  expect(events.body.data).toMatchObject([
    { event_type: 'signup', user_id: user.userId, email: user.email, success: true },
  ])
  expect(events.body.meta).toMatchObject({ count: 1, next_cursor: null, looked_back_to: null })

  const findings = await call<List>('/api/admin/findings?state=open&limit=200', { token })
  expectApiAnswer(findings, 200)
  expect(findings.body.data).toContainEqual(
    expect.objectContaining({ pattern: 'address_failures', network, handled_at: null }),
  )

  const bad = 'user_id=x&type=lunch&success=1&since=now&until=2020&ip_address=here&limit=0&cursor=x'
  const fields = ['user_id', 'type', 'success', 'since', 'until', 'ip_address', 'limit', 'cursor']
  expectInvalid(await call(`/api/admin/events?${bad}`, { token }), ...fields)
  expectInvalid(await call('/api/admin/findings?state=closed&limit=201', { token }), 'state', 'limit')
})
