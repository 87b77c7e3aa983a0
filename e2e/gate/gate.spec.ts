import { expect, test } from '@playwright/test'
import { type Account, call, expectError, signUp } from '../support/api.ts'
import { CHOSEN_ID, SPOOFED_HEADERS, TRICK_PATHS } from '../support/attacks.ts'
import { createTask } from '../support/isolation.ts'
import { sendRaw } from '../support/raw-request.ts'
import { SHARED_SERVER } from '../support/run.ts'

const TO_LOG_IN = /^\/login\?next=%2F/

/** Expects neither content nor success, but a redirect within this site or a client error. */
async function expectNoAccess(request: string): Promise<void> {
  const { status, headers, text } = await sendRaw(SHARED_SERVER, request)
  const shown = `${request.split('\r\n')[0]} → ${status} ${headers.get('location') ?? ''}`
  expect([303, 307, 308, 400, 401, 403, 404, 405], shown).toContain(status)
  // Two leading slashes would name another host.
  if (headers.has('location')) expect(headers.get('location'), shown).toMatch(/^\/(?!\/)/)
  expect(text, shown).not.toContain('New task')
  expect(text, shown).not.toContain('"data"')
}

for (const path of [
  '/tasks',
  '/tasks?edit=1',
  '/settings/sessions',
  '/settings/activity',
  '/admin',
  '/admin/nothing',
]) {
  test(`redirects a signed-out ${path} to the log-in before the first byte`, async () => {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers, text } = await call(path, { method })
      expect(status).toBe(303)
      expect(headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(text).not.toContain('<html')
    }
  })
}

test('answers 401 to a signed-out API call, on every path and method', async () => {
  const paths = [
    '/api',
    '/api/',
    '/api/me/tasks',
    '/api/x',
    '/api/auth',
    '/api/auth/me',
    '/api/auth/x',
    '/api/internal/refresh',
  ]
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await call(path, { method })
      if (answer.status !== 308) expectError(answer, 401, 'UNAUTHORIZED')
      else expect(answer.headers.get('location')).toBe('/api')
    }
    expect((await call(path, { method: 'HEAD' })).status).toBe(path === '/api/' ? 308 : 401)
  }
})

test('gives a signed-out visitor no access, however a private path is spelled', async () => {
  for (const trick of TRICK_PATHS) {
    for (const extra of ['', 'RSC: 1\r\n', 'x-nextjs-data: 1\r\n']) {
      await expectNoAccess(`GET ${trick} HTTP/1.1\r\nHost: localhost\r\n${extra}\r\n`)
    }
    await expectNoAccess(
      `POST ${trick} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${SHARED_SERVER}\r\nContent-Length: 0\r\n\r\n`,
    )
  }
})

test('no header gives a signed-out visitor access or changes the redirect', async () => {
  for (const [name, value] of SPOOFED_HEADERS) {
    const page = await call('/tasks', { headers: { [name]: value } })
    // The router would cache a redirect that answers a prefetch.
    if (/^next-router-.*prefetch$/.test(name)) expect(page.status, name).toBe(401)
    else expect(page.status, `${name}: ${value}`).toBe(303)
    if (page.status === 303) expect(page.headers.get('location')).toMatch(TO_LOG_IN)
    const answer = await call('/api/me/tasks', { headers: { [name]: value } })
    expectError(answer, 401, 'UNAUTHORIZED')
    expect(answer.headers.get('x-request-id')).not.toBe(CHOSEN_ID)
  }
  const all = Object.fromEntries(SPOOFED_HEADERS.filter(([name]) => name !== 'host'))
  expect((await call('/tasks', { headers: all })).status).toBe(401)
  expectError(await call('/api/me/tasks', { headers: all }), 401, 'UNAUTHORIZED')
})

test('no header makes a public page fail or claim an outage', async () => {
  for (const [name, value] of SPOOFED_HEADERS.filter(([name]) => name !== 'cookie')) {
    const { status, headers, text } = await call('/login', { headers: { [name]: value } })
    expect(status, `${name}: ${value}`).toBeLessThan(500)
    expect(headers.get('x-request-id')).not.toBe(CHOSEN_ID)
    expect(text).not.toContain('elsewhere.example')
  }
})

test('no header shows one account the data of another', async () => {
  const [owner, other]: Account[] = [await signUp(), await signUp()]
  await createTask(owner!, 'A private thing')
  const cookie = `taskward.access=${other!.token}`
  for (const [name, value] of SPOOFED_HEADERS.filter(([name]) => !/^(cookie|authorization)$/.test(name))) {
    const page = await call('/tasks', { cookie, headers: { [name]: value } })
    const list = await call('/api/me/tasks', { cookie, headers: { [name]: value } })
    expect(page.text + list.text, `${name}: ${value}`).not.toContain('A private thing')
  }
})

test('redirects requests of the router without their _rsc parameter', async () => {
  const { status, headers } = await call('/tasks?edit=1&_rsc=abc', { headers: { rsc: '1' } })
  expect(status).toBe(303)
  expect(headers.get('location')).toBe('/login?next=%2Ftasks%3Fedit%3D1')
})
