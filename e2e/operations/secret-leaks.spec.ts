import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { BrowserContext, Page } from '@playwright/test'
import { clusterFiles } from '../../lib/db/embedded/cluster.ts'
import { startTestServer, type TestServer } from '../../lib/testing/postgres-server.ts'
import { newEmail } from '../support/accounts.ts'
import { type Call, call, expectError, type SignedIn, type Tokens } from '../support/api.ts'
import { type Canaries, findSecrets, findSecretsInTables } from '../support/canaries.ts'
import { type DatabaseProxy, openDatabaseProxy } from '../support/database-proxy.ts'
import { fillLogIn } from '../support/journeys.ts'
import { queryDatabase } from '../support/locks.ts'
import { linesOf, logLines } from '../support/log-lines.ts'
import { errorBox } from '../support/pages.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

// In order, in one worker: the first tests send secrets through every entrance, the last ones search all output.
test.describe.configure({ mode: 'serial' })

const LIMITS = 'signup.tries=1000/60,login.pair=1000/60,login.pair.hour=1000/60,login.address=1000/60'
const METRICS_TOKEN = randomBytes(32).toString('base64url')

const canaries: Canaries = new Map()
/** Bodies of pages and of failed requests. */
const answers: string[] = []
let database: TestServer
let fragile: DatabaseProxy
let server: RunningServer

/** Adds a secret to those that the last tests search for. */
function canary(name: string, value = `Canary ${randomBytes(9).toString('base64url')} 1aA`): string {
  canaries.set(name, value)
  return value
}

test.beforeAll(async () => {
  database = await startTestServer()
  fragile = await openDatabaseProxy(database.url)
  const secret = (name: string) => canary(name, randomBytes(32).toString('base64url'))
  canary('database password', new URL(database.url).password)
  server = await startServer({
    DATABASE_URL: fragile.url,
    JWT_SECRET: secret('JWT_SECRET'),
    PASSWORD_PEPPER: secret('PASSWORD_PEPPER'),
    AUDIT_SEAL_SECRET: secret('AUDIT_SEAL_SECRET'),
    METRICS_TOKEN: canary('METRICS_TOKEN', METRICS_TOKEN),
    RATE_LIMITS: LIMITS,
    WATCH_INTERVAL_SECONDS: '1',
    // Port 9 is closed, so deliveries fail and are logged.
    ALERT_WEBHOOK_URL: `http://operator:${canary('webhook password', randomBytes(18).toString('hex'))}@127.0.0.1:9/`,
    ALERT_WEBHOOK_SECRET: secret('ALERT_WEBHOOK_SECRET'),
    ALERT_WEBHOOK_ALLOW_PRIVATE: 'true',
    LOG_LEVEL: 'trace',
  })
})

test.afterAll(async () => {
  await server?.stop()
  await fragile?.disconnect()
  await database?.stop()
})

/** Sends a request and keeps its body for the search, unless it contains tokens by design. */
async function send<T = unknown>(path: string, options: Call = {}) {
  const answer = await call<T>(path, { server: server.url, ...options })
  if (answer.status >= 300 || !path.startsWith('/api/auth/')) answers.push(answer.text)
  return answer
}

/** Sends a request with a secret in its address. Pages contain their own address, so the body is not searched. */
const visit = (path: string) => call(path, { server: server.url })

function keep(name: string, tokens: Tokens): Tokens {
  canary(`access token of ${name}`, tokens.access_token)
  canary(`refresh token of ${name}`, tokens.refresh_token)
  return tokens
}

async function signUpByApi(name: string) {
  const json = { email: newEmail(), password: canary(`password of ${name}`) }
  const { status, body } = await send<SignedIn>('/api/auth/signup', { json })
  expect(status).toBe(201)
  keep(name, body)
  return { ...json, ...body }
}

const post = (path: string, json: unknown) => send<SignedIn>(path, { json })

test('sends valid, wrong, misplaced, malformed and reused secrets over the API', async () => {
  const account = await signUpByApi('the API')
  const { email, password } = account
  const wrong = () => canary(`wrong password ${canaries.size}`)
  const right = await post('/api/auth/login', { email, password })
  expect(right.status).toBe(200)
  keep('a log-in', right.body)

  for (const [path, json, status] of [
    ['/api/auth/login', { email, password: wrong() }, 401],
    ['/api/auth/login', { email: newEmail(), password: wrong() }, 401],
    // A password in the email field is refused before anything is recorded.
    ['/api/auth/login', { email: wrong(), password: wrong() }, 400],
    ['/api/auth/login', { email: wrong() }, 400],
    ['/api/auth/login', { email: [wrong()], password: { is: wrong() } }, 400],
    ['/api/auth/login', { email, password: wrong(), token: wrong(), name: wrong() }, 401],
    ['/api/auth/signup', { email, password: wrong() }, 409],
    ['/api/auth/signup', { email: wrong(), password: wrong() }, 400],
    ['/api/auth/signup', { email: newEmail(), password: `${wrong()}${'x'.repeat(200)}` }, 400],
    ['/api/auth/refresh', { refresh_token: wrong() }, 401],
    ['/api/auth/refresh', { refresh_token: { is: wrong() } }, 400],
    ['/api/auth/refresh', { refresh_token: account.access_token }, 401],
    ['/api/auth/password/forgot', { email }, 202],
    ['/api/auth/password/forgot', { email: wrong() }, 400],
    ['/api/auth/password/reset', { token: wrong(), password: wrong() }, 401],
    ['/api/auth/password/reset', { token: wrong(), password: `${wrong()}${'x'.repeat(200)}` }, 400],
    ['/api/auth/login', [wrong()], 400],
    ['/api/auth/nothing', { password: wrong() }, 401],
  ] as const) {
    expect((await post(path, json)).status, `${path} ${JSON.stringify(Object.keys(json))}`).toBe(status)
  }
  const headers = { 'content-type': 'application/json' }
  const broken = { method: 'POST', headers, body: `{"email":"${email}","password":"${wrong()}` }
  expect((await send('/api/auth/login', broken)).status).toBe(400)
  const form = new URLSearchParams({ email, password: wrong() }).toString()
  expect((await send('/api/auth/login', { method: 'POST', body: form })).status).toBe(415)
  for (const path of [
    '/api/auth/login',
    '/login',
    '/reset-password',
    '/undo-email-change',
    '/tasks',
    '/api/me/tasks',
    '/nothing',
  ]) {
    await visit(`${path}?${new URLSearchParams({ password: wrong(), token: account.access_token })}`)
  }
  // These tokens are misplaced: in paths, in another scheme, cut short, in a cookie.
  for (const path of [`/${account.refresh_token}`, `/api/${account.access_token}/tasks`]) await visit(path)
  await send('/api/me/tasks', { headers: { authorization: `Basic ${btoa(`${email}:${wrong()}`)}` } })
  await send('/api/me/tasks', { token: account.access_token.slice(0, -2) })
  await send('/tasks', { cookie: `taskward.access=${wrong()}; taskward.refresh=${account.refresh_token}` })
  await send('/api/metrics', { token: account.access_token })

  const second = await post('/api/auth/refresh', { refresh_token: account.refresh_token })
  expect(second.status).toBe(200)
  keep('a refresh', second.body)
  const third = await post('/api/auth/refresh', { refresh_token: second.body.refresh_token })
  keep('a second refresh', third.body)
  // The successor has been used, so the server treats this token as stolen.
  expect((await post('/api/auth/refresh', { refresh_token: account.refresh_token })).status).toBe(401)
  expect((await send('/api/auth/me', { token: third.body.access_token })).status).toBe(401)
  expect((await send('/api/auth/logout', { token: right.body.access_token, method: 'POST' })).status).toBe(
    200,
  )
})

test('opens mailed links, and sends weak passwords with one', async () => {
  const { user_id } = await signUpByApi('a reset')
  const openLink = async (path: string, purpose: string) => {
    const token = canary(`${purpose} link`, randomBytes(32).toString('base64url'))
    const hash = createHash('sha256').update(token).digest('hex')
    await queryDatabase(
      database.url,
      `INSERT INTO account_links (user_id, purpose, token_hash, email, created_at, expires_at)
       SELECT id, '${purpose}', decode('${hash}', 'hex'), email, now(), now() + interval '1 hour' FROM users WHERE id = '${user_id}'`,
    )
    expect((await visit(`${path}?token=${token}`)).status).toBe(303)
    return { token, page: await send(path, { cookie: `taskward.link=${token}` }) }
  }
  expect((await openLink('/secure-account', 'secure_account')).page.text).toContain('Secure my account')
  const { token, page } = await openLink('/reset-password', 'reset_password')
  expect(page.text).toContain('Save password')
  for (const password of [`${canary('refused password')}${'x'.repeat(200)}`, 'Summer2026'])
    expect((await post('/api/auth/password/reset', { token, password })).status).toBe(400)
})

test('lists all events and findings as an administrator', async () => {
  const { user_id, access_token: token } = await signUpByApi('an administrator')
  await queryDatabase(database.url, `UPDATE users SET role = 'admin' WHERE id = '${user_id}'`)
  const paths = ['users', 'events', 'findings', 'blocks'].map((name) => `/api/admin/${name}?limit=200`)
  for (const path of [...paths, '/api/me/events?limit=200', '/api/me/sessions']) {
    const answer = await send(path, { token })
    expect(answer.status).toBe(200)
    answers.push(answer.text)
  }
  for (const path of ['/settings/activity/events.csv', '/admin/events', '/admin/security']) {
    const answer = await send(path, { cookie: `taskward.access=${token}` })
    expect(answer.status).toBe(200)
    answers.push(answer.text)
  }
  // The reuse above raises an alert, whose delivery fails.
  await expect.poll(() => logLines(server).some(({ alert_id }) => alert_id)).toBe(true)
})

/** Adds all current cookies of a browser to the secrets. */
async function keepCookies(browser: BrowserContext): Promise<void> {
  for (const { name, value } of await browser.cookies()) canary(`cookie ${name} ${canaries.size}`, value)
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.goto('/settings/password')
  await page.getByLabel('Current password').fill(current)
  await page.getByLabel('New password').fill(next)
  await page.getByRole('button', { name: 'Change password' }).click()
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'
  test(`signs up, fails to log in, logs in, changes the password and logs out in a browser ${how}`, async ({
    openBrowser,
  }) => {
    const browser = await openBrowser({ baseURL: server.url, javaScriptEnabled })
    const page = await browser.newPage()
    page.on('response', async (response) => answers.push(await response.text().catch(() => '')))
    const email = newEmail()
    const secret = (name: string) => canary(`${name} ${how}`)
    const password = secret('password')
    await page.goto('/signup')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page).toHaveURL('/tasks')
    await keepCookies(browser)
    await browser.clearCookies({ name: 'taskward.access' })
    await page.goto('/tasks')
    await keepCookies(browser)

    await changePassword(page, secret('wrong current password'), secret('refused new password'))
    await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/)
    const next = secret('new password')
    await changePassword(page, password, next)
    await expect(page).toHaveURL('/settings/password?changed')
    await keepCookies(browser)
    await page.getByRole('button', { name: 'Log out', exact: true }).click()
    await expect(page).toHaveURL('/login')

    await fillLogIn(page, { email, password })
    await expect(errorBox(page)).toHaveText('Wrong email or password.')
    await fillLogIn(page, { email, password: next })
    await expect(page).toHaveURL('/tasks')
    await keepCookies(browser)
    await browser.close()
  })
}

test('answers 500 at every entrance when the schema is broken', async () => {
  const account = await signUpByApi('the breakage')
  const cookie = `taskward.access=${account.access_token}`
  await queryDatabase(database.url, 'ALTER TABLE tasks RENAME COLUMN title TO other')
  await queryDatabase(database.url, 'ALTER TABLE passwords RENAME COLUMN hash TO other')
  const { email, password } = account
  const broken = await post('/api/auth/login', { email, password })
  expectError(broken, 500, 'INTERNAL_SERVER_ERROR')
  expectError(await post('/api/auth/signup', { email: newEmail(), password }), 500, 'INTERNAL_SERVER_ERROR')
  expect((await send('/api/me/tasks', { token: account.access_token })).status).toBe(500)
  const page = await send('/tasks', { cookie })
  expect(page.status).toBe(500)
  await queryDatabase(database.url, 'ALTER TABLE tasks RENAME COLUMN other TO title')
  await queryDatabase(database.url, 'ALTER TABLE passwords RENAME COLUMN other TO hash')
  // PostgreSQL logs the whole row that it refuses.
  await queryDatabase(database.url, 'ALTER TABLE passwords ADD CONSTRAINT no_more CHECK (cost < 0) NOT VALID')
  expectError(await post('/api/auth/signup', { email: newEmail(), password }), 500, 'INTERNAL_SERVER_ERROR')
  await queryDatabase(database.url, 'ALTER TABLE passwords DROP CONSTRAINT no_more')

  // The log has two lines under the id of each response: one for the error and one for the request.
  for (const { headers } of [broken, page]) {
    const id = headers.get('x-request-id')
    await expect
      .poll(() =>
        linesOf(server, id)
          .map(({ level }) => level)
          .sort(),
      )
      .toEqual([30, 50])
  }
})

test('answers 503 at every entrance when the database is unavailable', async () => {
  const account = await signUpByApi('the outage')
  await fragile.disconnect()
  const { email, password } = account
  expectError(await post('/api/auth/login', { email, password }), 503, 'SERVICE_UNAVAILABLE')
  const again = { refresh_token: account.refresh_token }
  expectError(await post('/api/auth/refresh', again), 503, 'SERVICE_UNAVAILABLE')
  expect((await send('/tasks', { cookie: `taskward.access=${account.access_token}` })).status).toBe(503)
  await fragile.reconnect()
  await expect.poll(async () => (await send('/api/health')).status).toBe(200)
})

test('the log contains no secret in any encoding, and every line names its request or job', async () => {
  await send('/api/health')
  const output = server.output()
  expect(findSecrets(output, canaries, 'output')).toEqual([])
  for (const line of logLines(server)) expect(line.request_id ?? line.job, JSON.stringify(line)).toBeTruthy()
  // The only other lines are the greeting of Next.js.
  const others = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line && !line.startsWith('{'))
  expect(others.filter((line) => !/^[▲✓-] /.test(line))).toEqual([])
})

test('the log of the database contains no secret', () => {
  const output = readFileSync(clusterFiles(database.folder).log, 'utf8')
  expect(output).toContain('violates check constraint "no_more"')
  expect(findSecrets(output, canaries, 'server.log')).toEqual([])
})

test('errors, pages and metrics contain no secret', async () => {
  expect(answers.length).toBeGreaterThan(50)
  expect(findSecrets(answers.join('\n'), canaries, 'answers')).toEqual([])
  const metrics = await call('/api/metrics', { server: server.url, token: METRICS_TOKEN })
  expect(metrics.status).toBe(200)
  expect(findSecrets(metrics.text, canaries, 'metrics')).toEqual([])
})

test('the database contains secrets only as hashes, and only in their own tables', async () => {
  const finds = await findSecretsInTables(database.url, canaries)
  const kinds = finds.map(({ secret, encoding, place }) => {
    const kind = secret.replace(/ (of .*|\d+)$/, '')
    return `${kind}, ${encoding.replace(/ in .*/, '')}: ${place}`
  })
  expect([...new Set(kinds)].sort()).toEqual([
    // Finding these proves that the search works.
    'cookie taskward.device, SHA-256: table known_devices',
    'cookie taskward.refresh, SHA-256: table refresh_tokens',
    'refresh token, SHA-256: table refresh_tokens',
    'reset_password link, SHA-256: table account_links',
    'secure_account link, SHA-256: table account_links',
    'some password, bcrypt: table passwords',
  ])
})

test('the search finds a secret in each encoding', () => {
  const secret = canaries.get('password of the API') ?? ''
  const bytes = Buffer.from(secret)
  const digest = createHash('sha256').update(secret)
  const texts = [secret, encodeURIComponent(secret), bytes.toString('base64'), digest.digest('hex')]
  for (const text of texts) expect(findSecrets(`x${text}x`, canaries, 'here')).not.toEqual([])
  expect(findSecrets('x $2b$12$abc', canaries, 'here')).toHaveLength(1)
})
