import { expect, test } from '@playwright/test'
import { type Account, type Answer, call, expectApiAnswer, signUp, UUID } from '../support/api.ts'
import { cookiesOf, logInByForm } from '../support/forms.ts'
import { HIGH_LIMITS, SHARED_SERVER } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'

// In order, in one worker: one server on https for the whole file.
test.describe.configure({ mode: 'default' })

const ALLOWED_ORIGIN = 'https://app.example'
let account: Account
/** A server behind a proxy that terminates TLS, with `CORS_ORIGINS`. */
let secure: RunningServer
const SECURE_URL = 'https://tasks.example.org'

test.beforeAll(async () => {
  account = await signUp()
  secure = await startServer({
    ...HIGH_LIMITS,
    APP_URL: SECURE_URL,
    CORS_ORIGINS: `${ALLOWED_ORIGIN}, https://other.example`,
  })
})

test.afterAll(() => secure?.stop())

function expectSecurityHeaders({ headers }: Answer<unknown>): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('permissions-policy')).toContain('camera=()')
  for (const name of ['x-powered-by', 'server', 'access-control-allow-origin'])
    expect(headers.get(name)).toBeNull()
}

function expectPolicy(answer: Answer<unknown>): string {
  const policy = answer.headers.get('content-security-policy') ?? ''
  const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1)]))
  for (const name of ['frame-ancestors', 'base-uri', 'object-src'])
    expect(directives.get(name)).toEqual(["'none'"])
  expect(directives.get('form-action')).toEqual(["'self'"])
  expect(directives.get('default-src')).toEqual(["'self'"])
  expect(policy).not.toMatch(/unsafe-|\*|http:|data:.*script/)
  const nonce = /'nonce-([^']{16,})'/.exec(directives.get('script-src')?.join(' ') ?? '')?.[1]
  expect(directives.get('script-src')).toEqual(["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"])
  return String(nonce)
}

test('every page has the security headers and a new nonce, which is on every script', async () => {
  const cookie = `taskward.access=${account.token}`
  const nonces: string[] = []
  for (const [path, status] of [
    ['/', 200],
    ['/login', 200],
    ['/signup', 200],
    ['/forgot-password', 200],
    ['/tasks', 200],
    ['/nothing', 404],
    ['/login', 200],
  ] as const) {
    const page = await call(path, path === '/tasks' || path === '/nothing' ? { cookie } : {})
    expect(page.status, path).toBe(status)
    expectSecurityHeaders(page)
    const nonce = expectPolicy(page)
    nonces.push(nonce)
    expect(page.headers.get('cache-control')).toMatch(/no-store/)
    expect(page.headers.get('strict-transport-security')).toBeNull()
    expect(page.headers.get('x-request-id')).toMatch(UUID)
    const scripts = page.text.match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
    expect(page.text).not.toMatch(/ on[a-z]+="| style="|<style>|javascript:/)
  }
  expect(new Set(nonces).size).toBe(nonces.length)
})

test('ignores a nonce that the client chooses', async () => {
  const headers = { 'content-security-policy': "script-src 'nonce-chosen'", 'x-nonce': 'chosen' }
  const page = await call('/login', { headers })
  expectPolicy(page)
  expect(page.text).not.toContain('nonce="chosen"')
})

test('every other kind of response has the security headers', async () => {
  const { token } = account
  const page = await call('/login')
  const script = /src="(\/_next\/static\/[^"]+)"/.exec(page.text)?.[1] ?? ''
  const kinds: [string, number, Parameters<typeof call>[1]?][] = [
    ['/api/me/tasks', 200, { token }],
    ['/api/me/tasks', 401],
    ['/api/me/nothing', 404, { token }],
    ['/api/me/tasks', 405, { token, method: 'PUT' }],
    ['/api/me/tasks', 405, { method: 'PROPFIND' }],
    ['/api/me/tasks', 204, { method: 'OPTIONS' }],
    ['/api/auth/session', 404],
    ['/api/health', 200],
    ['/tasks', 303],
    ['/tasks', 405, { method: 'PUT' }],
    ['/login', 403, { method: 'POST' }],
    ['/login', 413, { body: 'x'.repeat(65_537), headers: { origin: SHARED_SERVER } }],
    ['/favicon.ico', 200],
    ['/icon.svg', 200],
    ['/apple-icon.png', 200],
  ]
  for (const [path, status, options] of kinds) {
    const answer = await call(path, options)
    expect(answer.status, path).toBe(status)
    expectSecurityHeaders(answer)
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('x-request-id')).toMatch(UUID)
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  }
  const file = await call(script)
  expect(file.status).toBe(200)
  expectSecurityHeaders(file)
  expect(file.headers.get('cache-control')).toContain('immutable')
})

test('allows no origin without CORS_ORIGINS', async () => {
  for (const origin of [ALLOWED_ORIGIN, 'null', SHARED_SERVER]) {
    const preflight = await call('/api/me/tasks', { method: 'OPTIONS', headers: { origin } })
    expect(preflight.status).toBe(204)
    const actual = await call('/api/me/tasks', { token: account.token, headers: { origin } })
    expect(actual.status).toBe(200)
    for (const { headers } of [preflight, actual]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(headers.get('vary')).toMatch(/origin/i)
    }
  }
})

test('allows CORS_ORIGINS to call the API with bearer tokens, but not with cookies', async () => {
  const server = secure.url
  const preflightHeaders = {
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization',
  }
  const preflight = await call('/api/me/tasks', {
    server,
    method: 'OPTIONS',
    headers: { origin: ALLOWED_ORIGIN, ...preflightHeaders },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN)
  expect(preflight.headers.get('access-control-allow-methods')).toMatch(/PUT/)
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Content-Type/i)
  const refused = await call('/api/me/tasks', { server, headers: { origin: ALLOWED_ORIGIN } })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('access-control-expose-headers')).toMatch(/X-Request-Id/i)
  // Before the gate sees it.
  const early = await call('/api/me/tasks', {
    server,
    body: 'x'.repeat(70_000),
    headers: { origin: ALLOWED_ORIGIN },
  })
  expect(early.status).toBe(413)
  for (const { headers } of [preflight, refused, early]) {
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  }
  for (const origin of [
    `${ALLOWED_ORIGIN}.evil.example`,
    'http://app.example',
    `${ALLOWED_ORIGIN}/`,
    'null',
    SECURE_URL,
  ]) {
    const { headers } = await call('/api/me/tasks', { server, method: 'OPTIONS', headers: { origin } })
    expect(headers.get('access-control-allow-origin'), origin).toBeNull()
  }
  const page = await call('/login', { server, headers: { origin: ALLOWED_ORIGIN } })
  expect(page.headers.get('access-control-allow-origin')).toBeNull()
})

test('sends HSTS on https, and cookies that are __Host- and Secure', async () => {
  const server = secure.url
  for (const path of ['/login', '/tasks', '/api/me/tasks', '/api/health', '/icon.svg']) {
    const { headers } = await call(path, { server })
    expect(headers.get('strict-transport-security'), path).toMatch(/^max-age=\d{8}; includeSubDomains$/)
  }
  const newAccount = await signUp({ server })
  const answer = await logInByForm(newAccount, { server, headers: { origin: SECURE_URL } })
  expect(answer.status).toBe(303)
  const lines = answer.headers.getSetCookie()
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([
    '__Host-taskward.access',
    '__Host-taskward.device',
    '__Host-taskward.refresh',
  ])
  for (const line of lines) {
    expect(line).toMatch(/; Path=\/(;|$)/)
    for (const part of ['Secure', 'HttpOnly', 'SameSite=lax']) expect(line.split('; ')).toContain(part)
    expect(line).not.toMatch(/Domain=/i)
  }
  expectApiAnswer(await call('/api/auth/me', { server, cookie: cookiesOf(answer) }), 200)
  const plain = cookiesOf(answer).replaceAll('__Host-', '')
  expect((await call('/api/auth/me', { server, cookie: plain })).status).toBe(401)
})
