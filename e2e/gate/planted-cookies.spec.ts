import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { expect, test } from '@playwright/test'
import { LIMITS } from '#lib/throttle/limits.ts'
import { type Account, call, signUp } from '../support/api.ts'
import { cookiesOf, logInByForm } from '../support/forms.ts'
import { generous } from '../support/global-setup.ts'
import { type RawAnswer, sendRaw } from '../support/raw-request.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { countRotations, sessionsOf } from '../support/sessions.ts'
import { decode, mint, nowSeconds } from '../support/tokens.ts'

// In order, in one worker: one server on https for the whole file.
test.describe.configure({ mode: 'default' })

const SECURE_URL = 'https://tasks.example.org'
const ACCESS = '__Host-taskward.access'
const REFRESH = '__Host-taskward.refresh'
/** Browsers let a neighbouring subdomain set a cookie with this byte before `__Host-`. */
const NBSP = '\xa0'

type Visitor = Account & { access: string; refresh: string }

let secure: RunningServer
let proxy: Server
const proxied: string[] = []

test.beforeAll(async () => {
  proxy = createServer((request, response) => {
    proxied.push(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  }).on('connect', ({ url }, socket) => {
    proxied.push(`CONNECT ${url}`)
    socket.destroy()
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const address = proxy.address()
  const proxyUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  secure = await startServer({
    // The refused renewals of all tests count for one address.
    RATE_LIMITS: generous(LIMITS),
    APP_URL: SECURE_URL,
    SECURITY_CONTACT: 'mailto:security@example.org',
    ...{ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, NO_PROXY: 'example.org' },
  })
})

test.afterAll(async () => {
  await secure?.stop()
  proxy.close()
})

async function logInAsNewUser(): Promise<Visitor> {
  const account = await signUp({ server: secure.url })
  const answer = await logInByForm(account, { server: secure.url, headers: { origin: SECURE_URL } })
  const cookies = new Map(
    cookiesOf(answer)
      .split('; ')
      .map((pair) => pair.split('=', 2) as [string, string]),
  )
  return { ...account, access: cookies.get(ACCESS) ?? '', refresh: cookies.get(REFRESH) ?? '' }
}

/** The visitor's access token, changed to expire in so many seconds. */
function mintExpiringIn({ access }: Visitor, seconds: number): Promise<string> {
  const exp = nowSeconds() + seconds
  return mint({ ...decode(access)[1], exp, iat: exp - 900 })
}

/** Sends cookies byte for byte, because `fetch` refuses some that browsers send. */
function send(path: string, cookies: string[], { method = 'GET', headers = '' } = {}): Promise<RawAnswer> {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: tasks.example.org',
    'Connection: close',
    'Content-Length: 0',
    `Cookie: ${cookies.join('; ')}`,
  ]
  return sendRaw(secure.url, Buffer.from(`${lines.join('\r\n')}\r\n${headers}\r\n`, 'latin1'))
}

async function expectShown(answer: RawAnswer, { email }: Account): Promise<void> {
  expect(answer.status).toBe(200)
  expect(answer.text).toContain(email)
}

test('ignores cookies whose names only resemble those of a session', async () => {
  const [victim, attacker] = [await logInAsNewUser(), await logInAsNewUser()]
  for (const prefix of [NBSP, '\x85', '\xff', 'x', '%20']) {
    const planted = [`${prefix}${ACCESS}=${attacker.access}`, `${prefix}${REFRESH}=${attacker.refresh}`]
    const ignored = await send('/tasks', planted)
    expect([ignored.status, ignored.headers.has('set-cookie')], prefix).toEqual([303, false])
    expect((await send('/api/auth/me', planted)).status).toBe(401)
    const own = [`${ACCESS}=${victim.access}`, `${REFRESH}=${victim.refresh}`]
    for (const order of [
      [...planted, ...own],
      [...own, ...planted],
    ]) {
      await expectShown(await send('/tasks', order), victim)
      await expectShown(await send('/api/auth/me', order), victim)
    }
  }
  expect(await countRotations(attacker)).toBe(0)
})

test('a renewal ignores planted cookies and renews the browser’s own session', async () => {
  const [victim, attacker] = [await logInAsNewUser(), await logInAsNewUser()]
  const planted = [`${NBSP}${ACCESS}=${attacker.access}`, `${NBSP}${REFRESH}=${attacker.refresh}`]
  const answer = await send('/tasks', [...planted, `${ACCESS}=garbage`, `${REFRESH}=${victim.refresh}`])
  await expectShown(answer, victim)
  expect(answer.headers.get('set-cookie')).toContain(REFRESH)
  expect([await countRotations(victim), await countRotations(attacker)]).toEqual([1, 0])
})

test('renews nothing with a refresh token of another session, or with tokens of two accounts', async () => {
  const [victim, attacker] = [await logInAsNewUser(), await logInAsNewUser()]
  const expiring = `${ACCESS}=${await mintExpiringIn(victim, 60)}`
  const kept = await send('/tasks', [expiring, `${REFRESH}=${attacker.refresh}`])
  await expectShown(kept, victim)
  expect(kept.headers.has('set-cookie')).toBe(false)
  for (const cookies of [
    [`${ACCESS}=${await mintExpiringIn(victim, -60)}`, `${REFRESH}=${attacker.refresh}`],
    [`${REFRESH}=${attacker.refresh}`, `${REFRESH}=${victim.refresh}`],
    [`${ACCESS}=${attacker.access}`, `${ACCESS}=${victim.access}`, `${REFRESH}=${victim.refresh}`],
  ]) {
    const refused = await send('/tasks', cookies)
    expect([refused.status, refused.headers.get('location')]).toEqual([303, '/login?next=%2Ftasks'])
    // With the same cookies the log-in page shows its form instead of redirecting back.
    expect((await send('/login?next=%2Ftasks', cookies)).status).toBe(200)
  }
  expect([await countRotations(victim), await countRotations(attacker)]).toEqual([0, 0])
})

test('shows the log-in form when cookies that only that page receives would cause a redirect loop', async () => {
  const victim = await logInAsNewUser()
  const cookie = `${ACCESS}=${victim.access}`
  let loopCookie = 'unrelated=1'
  for (const _ of [1, 2]) {
    const answer = await send('/login?next=%2Ftasks', [cookie, loopCookie])
    expect([answer.status, answer.headers.get('location')]).toEqual([307, '/tasks'])
    loopCookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const last = await send('/login?next=%2Ftasks', [cookie, loopCookie])
  expect([last.status, last.text.includes('cookies of different log-ins')]).toEqual([200, true])
  // Only a visit with `next` counts towards a loop.
  expect((await send('/login', [cookie, loopCookie])).status).toBe(307)
})

test('a log-out ignores planted cookies and ends the browser’s own session', async () => {
  const attacker = await logInAsNewUser()
  const own: ((victim: Visitor) => string[])[] = [
    ({ access }) => [`${ACCESS}=${access}`],
    ({ refresh }) => [`${REFRESH}=${refresh}`],
    ({ access, refresh }) => [`${ACCESS}=${access}`, `${REFRESH}=${refresh}`],
  ]
  for (const cookies of own) {
    const victim = await logInAsNewUser()
    const planted = [`${NBSP}${REFRESH}=${attacker.refresh}`, `${REFRESH}=garbage`, `${ACCESS}=garbage`]
    const headers = `Origin: ${SECURE_URL}\r\n`
    const answer = await send('/logout', [...planted, ...cookies(victim)], { method: 'POST', headers })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
    expect(await sessionsOf(victim)).toMatchObject([{ revoked_reason: 'logged_out' }])
  }
  expect(await sessionsOf(attacker)).toMatchObject([{ revoked_reason: null }])
})

test('security.txt names the contact, its expiry and the public address', async () => {
  const { status, text, headers } = await call('/.well-known/security.txt', { server: secure.url })
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(text).toMatch(/^Contact: mailto:security@example.org\nExpires: \S+Z\n/)
  expect(text).toContain(`Canonical: ${SECURE_URL}/.well-known/security.txt\n`)
})

test('a renewal does not use the proxy that the environment names', async () => {
  const visitor = await logInAsNewUser()
  await expectShown(await send('/tasks', [`${REFRESH}=${visitor.refresh}`]), visitor)
  expect(proxied).toEqual([])
})
