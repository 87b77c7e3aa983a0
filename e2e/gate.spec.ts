import { expect, test } from '@playwright/test'
import { type Account, call, expectError, signUp } from './support/api.ts'
import { createTask } from './support/isolation.ts'
import { sendRaw } from './support/raw.ts'
import { MAIN } from './support/run.ts'

const TO_LOG_IN = /^\/login\?next=%2F/

/** Neither content nor success: a redirect within this site, or the client's fault. */
async function expectNothing(request: string): Promise<void> {
  const { status, headers, text } = await sendRaw(MAIN, request)
  const shown = `${request.split('\r\n')[0]} → ${status} ${headers.get('location') ?? ''}`
  expect([303, 307, 308, 400, 401, 403, 404, 405], shown).toContain(status)
  // Two slashes at the beginning would be another host.
  if (headers.has('location')) expect(headers.get('location'), shown).toMatch(/^\/(?!\/)/)
  expect(text, shown).not.toContain('New task')
  expect(text, shown).not.toContain('"data"')
}

for (const path of ['/tasks', '/tasks?edit=1', '/settings/sessions', '/settings/activity', '/admin', '/nothing']) {
  test(`a stranger’s ${path} is a redirect to log in, decided before the first byte`, async () => {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers, text } = await call(path, { method })
      expect(status).toBe(303)
      expect(headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(text).not.toContain('<html')
    }
  })
}

test('a stranger’s API call is 401, whatever the path and the method', async () => {
  const paths = ['/api', '/api/', '/api/me/tasks', '/api/x', '/api/auth', '/api/auth/me', '/api/auth/x', '/api/internal/refresh', '/api/metrics']
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await call(path, { method })
      if (answer.status !== 308) expectError(answer, 401, 'UNAUTHORIZED')
      else expect(answer.headers.get('location')).toBe('/api')
    }
    expect((await call(path, { method: 'HEAD' })).status).toBe(path === '/api/' ? 308 : 401)
  }
})

const TRICKS = [
  '//tasks',
  '///tasks',
  '/%2ftasks',
  '/%2Ftasks',
  '/./tasks',
  '/%2e/tasks',
  '/x/../tasks',
  '/login/../tasks',
  '/login/%2e%2e/tasks',
  '/login%2f..%2ftasks',
  '/login;/../tasks',
  '/login/..;/tasks',
  '/\\tasks',
  '/%5ctasks',
  '/tasks/',
  '/tasks//',
  '/tasks.rsc',
  '/tasks.json',
  '/tasks.html',
  '/tasks.txt',
  '/tasks.segments/_tree.segment.rsc',
  '/tasks.segments/_full.segment.rsc',
  '/index.rsc/../tasks',
  '/TASKS',
  '/Tasks',
  '/t%61sks',
  '/%74%61%73%6b%73',
  '/%25%37%34asks',
  '/tasks%20',
  '/tasks%00',
  '/tasks;x',
  '/tasks%3f',
  '/tasks%23',
  '/(app)/tasks',
  '/%28app%29/tasks',
  '/(app)/tasks/page',
  '/tasks/page',
  '/_next/../tasks',
  '/_next/static/../../tasks',
  '/_next/static/..%2f..%2ftasks',
  '/_next/static/%2e%2e/%2e%2e/tasks',
  '/_next/static/./../../tasks',
  '/_next/data/x/tasks.json',
  '/_next/data/development/tasks.json',
  '/_next/image?url=%2Fapi%2Fme%2Ftasks&w=64&q=75',
  '/_next/image?url=%2Ftasks&w=640&q=75',
  '/_next/static/../data/x/tasks.json',
  '/_next/server/app/tasks.rsc',
  '/en/tasks',
  '/icon.svg/../tasks',
  '/icon.svg/tasks',
  'http://localhost/tasks',
  '/api/me/tasks/',
  '//api/me/tasks',
  '/api//me/tasks',
  '/API/me/tasks',
  '/api/me%2ftasks',
  '/api/x%2ftasks',
  '/api%2fme%2ftasks',
  '/%61pi/me/tasks',
  '/api/auth/login/../me',
  '/api/auth/login/%2e%2e/me',
  '/api/auth/login%2f..%2fme',
  '/api/auth/login/..%2f..%2fme%2ftasks',
  '/api/auth/callback/../me',
  '/api/auth/callback/../../me/tasks',
  '/api/auth/callback/%2e%2e/me',
  '/api/auth/callback/..%2fme',
  '/api/auth/callback/..;/me',
  '/api/auth/callback/%2e%2e/%2e%2e/me/tasks',
  '/api/auth/signin/../me',
  '/api/health/../me/tasks',
  '/api/me/tasks.rsc',
  '/api/me/tasks.json',
  '/api/me/tasks/route',
]
test('no spelling of a private path is open to a stranger', async () => {
  for (const trick of TRICKS) {
    for (const extra of ['', 'RSC: 1\r\n', 'x-nextjs-data: 1\r\n']) {
      await expectNothing(`GET ${trick} HTTP/1.1\r\nHost: localhost\r\n${extra}\r\n`)
    }
    await expectNothing(`POST ${trick} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${MAIN}\r\nContent-Length: 0\r\n\r\n`)
  }
})

const SUBREQUEST = ['middleware', 'src/middleware', '/middleware', 'app/middleware', 'pages/_middleware', 'proxy', 'src/proxy']
const UUID = '018f0000-0000-7000-8000-000000000000'
const SPOOFS: [string, string][] = [
  ...SUBREQUEST.flatMap((name): [string, string][] => [
    ['x-middleware-subrequest', name],
    ['x-middleware-subrequest', Array(5).fill(name).join(':')],
    ['x-middleware-subrequest', Array(20).fill(name).join(':')],
  ]),
  ['x-middleware-subrequest-id', '0'],
  ['x-middleware-next', '1'],
  ['x-middleware-rewrite', `${MAIN}/tasks`],
  ['x-middleware-override-headers', 'cookie'],
  ['x-middleware-request-cookie', 'taskward.access=x'],
  ['x-middleware-set-cookie', 'taskward.access=x'],
  ['x-middleware-invoke', '1'],
  ['x-middleware-prefetch', '1'],
  ['x-middleware-cache', 'no-cache'],
  ['x-middleware-skip', '1'],
  ['x-nextjs-data', '1'],
  ['x-nextjs-rewrite', '/tasks'],
  ['x-nextjs-rewritten-path', '/tasks'],
  ['x-nextjs-matched-path', '/tasks'],
  ['x-nextjs-postponed', '1'],
  ['x-nextjs-prerender', '1'],
  ['x-nextjs-html-request-id', '1'],
  ['x-matched-path', '/tasks'],
  ['x-now-route-matches', '1=tasks'],
  ['x-prerender-revalidate', '1'],
  ['x-prerender-bypass-mode', '1'],
  ['x-next-revalidated-tags', '1'],
  ['x-next-resume-state-length', '1'],
  ['next-resume', '1'],
  ['x-invoke-path', '/tasks'],
  ['x-invoke-output', '/tasks'],
  ['x-invoke-query', '%7B%7D'],
  ['x-invoke-status', '200'],
  ['x-invoke-error', '%7B%7D'],
  ['rsc', '1'],
  ['next-router-prefetch', '1'],
  ['next-router-segment-prefetch', '/_tree'],
  ['next-router-state-tree', '%5B%22%22%2C%7B%7D%5D'],
  ['next-url', '/login'],
  ['next-action', '00'.repeat(21)],
  ['next-hmr-refresh', '1'],
  ['x-forwarded-host', 'elsewhere.example'],
  ['x-forwarded-proto', 'https'],
  ['x-forwarded-port', '1'],
  ['x-forwarded-prefix', '/api/auth/login/..'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-original-url', '/login'],
  ['x-rewrite-url', '/login'],
  ['x-original-uri', '/login'],
  ['x-forwarded-uri', '/login'],
  ['x-http-method-override', 'OPTIONS'],
  ['x-taskward-outage', '1'],
  ['x-request-id', UUID],
  ['host', 'elsewhere.example'],
  ['authorization', 'Bearer undefined'],
  ['cookie', 'taskward.access=undefined; __Host-taskward.access=x; next-auth.session-token=x'],
]
test('no header opens the gate to a stranger, or leads the redirect astray', async () => {
  for (const [name, value] of SPOOFS) {
    const page = await call('/tasks', { headers: { [name]: value } })
    expect(page.status, `${name}: ${value}`).toBe(303)
    expect(page.headers.get('location')).toMatch(TO_LOG_IN)
    const answer = await call('/api/me/tasks', { headers: { [name]: value } })
    expectError(answer, 401, 'UNAUTHORIZED')
    expect(answer.headers.get('x-request-id')).not.toBe(UUID)
  }
  const all = Object.fromEntries(SPOOFS.filter(([name]) => name !== 'host'))
  expect((await call('/tasks', { headers: all })).status).toBe(303)
  expectError(await call('/api/me/tasks', { headers: all }), 401, 'UNAUTHORIZED')
})

test('no header makes an open page fail or say that the database is away', async () => {
  for (const [name, value] of SPOOFS.filter(([name]) => name !== 'cookie')) {
    const { status, headers, text } = await call('/login', { headers: { [name]: value } })
    expect(status, `${name}: ${value}`).toBeLessThan(500)
    expect(headers.get('x-request-id')).not.toBe(UUID)
    expect(text).not.toContain('elsewhere.example')
  }
})

test('no header turns one account’s answers into another’s', async () => {
  const [owner, other]: Account[] = [await signUp(), await signUp()]
  await createTask(owner!, 'A private thing')
  const cookie = `taskward.access=${other!.token}`
  for (const [name, value] of SPOOFS.filter(([name]) => !/^(cookie|authorization)$/.test(name))) {
    const page = await call('/tasks', { cookie, headers: { [name]: value } })
    const list = await call('/api/me/tasks', { cookie, headers: { [name]: value } })
    expect(page.text + list.text, `${name}: ${value}`).not.toContain('A private thing')
  }
})

test('the router’s own requests are redirected without their mark', async () => {
  const { status, headers } = await call('/tasks?edit=1&_rsc=abc', { headers: { rsc: '1' } })
  expect(status).toBe(303)
  expect(headers.get('location')).toBe('/login?next=%2Ftasks%3Fedit%3D1')
})
