import { newEmail, PASSWORD } from '../support/accounts.ts'
import { everyAnswer, PREFLIGHTS } from '../support/answers.ts'
import { call, signUp, UUID } from '../support/api.ts'
import { cookiesOf, fill, logInByForm, openForm } from '../support/forms.ts'
import { sendRaw } from '../support/raw-request.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

// In order, in one worker: one server for the whole file.
test.describe.configure({ mode: 'default' })

const SECURE_URL = 'https://tasks.example.org'
const SPOOFED = '203.0.113.77'
let server: RunningServer

test.beforeAll(async () => {
  server = await startServer({ ...HIGH_LIMITS, APP_URL: SECURE_URL })
})

test.afterAll(() => server?.stop())

const BOUNDARY = 'b'.repeat(30)

/** Headers of a form that a proxy forwards in chunks, with the HTTP Basic credentials of a staging site. */
const PROXIED_HEADERS = {
  Origin: SECURE_URL,
  Authorization: 'Basic eDp4',
  'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
  'Transfer-Encoding': 'chunked',
}

/** Several chunks, one with an extension, and a trailer (RFC 9112, 7.1). */
function inChunks(form: FormData): string {
  const parts = [...form].map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const body = Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`).toString('latin1')
  const [first, rest] = [body.slice(0, 10), body.slice(10)]
  return `a;name="value"\r\n${first}\r\n${rest.length.toString(16)}\r\n${rest}\r\n0\r\nX-Trailer: x\r\n\r\n`
}

function send(head: string, headers: Record<string, string> = {}, body = '') {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return sendRaw(server.url, `${head} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n${body}`)
}

test('answers and logs a request with Upgrade like any other, under the address of its connection', async () => {
  const upgrades = ['h2c', 'websocket', 'anything', 'h2c, websocket']
  for (const upgrade of upgrades) {
    const headers = { Upgrade: upgrade, 'X-Forwarded-For': SPOOFED, 'X-Taskward-Client': `${SPOOFED} x` }
    const refreshing = { ...headers, Cookie: '__Host-taskward.refresh=forged' }
    expect((await send('GET /api/health', headers)).status).toBe(200)
    expect((await send('GET /api/me/tasks', headers)).status).toBe(401)
    expect((await send('GET /_next/static/nothing.js', headers)).status).toBe(404)
    const page = await send('GET /tasks', refreshing)
    expect(page.status).toBe(303)
    const id = page.headers.get('x-request-id')
    const line = `"request_id":"${id}","method":"GET","path":"/tasks","status":303`
    await expect.poll(server.output).toContain(line)
    const events = await query('SELECT ip_address, network FROM auth_events WHERE request_id = $1', [id])
    expect(events).toEqual([{ ip_address: '127.0.0.1', network: '127.0.0.1' }])
  }
})

test('ignores an address that a client claims in a header, in forms and over the API', async () => {
  const email = newEmail()
  const json = JSON.stringify({ email, password: 'not the password' })
  const length = { 'Content-Type': 'application/json', 'Content-Length': String(json.length) }
  for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'X-Taskward-Client']) {
    await send('POST /api/auth/login', { ...length, [name]: SPOOFED }, json)
  }
  const events = await query('SELECT ip_address FROM auth_events WHERE email = $1', [email])
  expect(events).toEqual(Array(4).fill({ ip_address: '127.0.0.1' }))
})

test('sends the security headers with every response, and a page with every refusal that a user reads', async () => {
  const page = await call('/login', { server: server.url })
  const script = /src="(\/_next\/static\/[^"]+)"/.exec(page.text)?.[1] ?? ''
  for (const { what, request, status } of everyAnswer(script)) {
    const { headers, text, ...answer } = await sendRaw(server.url, request)
    expect(answer.status, `${what}: ${text.slice(0, 100)}`).toBe(status)
    expect(headers.get('strict-transport-security'), what).toMatch(/^max-age=\d{8}; includeSubDomains$/)
    expect(headers.get('x-content-type-options'), what).toBe('nosniff')
    expect(headers.get('x-frame-options'), what).toBe('DENY')
    expect(headers.get('referrer-policy'), what).toBe('same-origin')
    expect(headers.get('content-security-policy'), what).toContain("frame-ancestors 'none'")
    expect(headers.get('x-request-id'), what).toMatch(UUID)
    const [caching, type = ''] = [headers.get('cache-control'), headers.get('content-type')]
    expect(caching, what).toMatch(status < 400 ? /no-store|public/ : /no-store/)
    if (type.startsWith('text/html')) expect(caching, what).toMatch(/no-store.*, no-transform$/)
    if (status < 400) continue
    if (/^\S+ \/api\//.test(request)) expect(text, what).toContain('"error":{"code":')
    // Node's own responses have no body, and no user reads those for a missing script or text file.
    else if (status !== 417 && !/^GET (\/_next\/static|\/\.well)|X: x/.test(request)) {
      expect(type, what).toBe('text/html; charset=utf-8')
      expect(text, what).toContain('<h1')
    }
  }
})

test('logs status and cause of a request that Node cannot parse', async () => {
  for (const [request, status, cause] of [
    ['garbage\r\n\r\n', 400, 'HPE_INVALID_METHOD'],
    [`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'HPE_HEADER_OVERFLOW'],
  ] as const) {
    const { headers } = await sendRaw(server.url, request)
    const line = `"request_id":"${headers.get('x-request-id')}","status":${status},"cause":"${cause}"`
    await expect.poll(server.output).toContain(line)
  }
})

test('never redirects a preflight, however its path is spelled', async () => {
  for (const { what, request, status } of PREFLIGHTS) {
    const { headers, ...answer } = await sendRaw(server.url, request)
    expect([answer.status, headers.get('location')], what).toEqual([status, undefined])
  }
})

test('refuses a body of more than 64 KiB before reading it, on every path', async () => {
  const big = { 'Content-Length': '10485760' }
  for (const path of ['/api/me/tasks', '/api/internal/renew', '/login', '/', '/nothing', '/_next/static/x']) {
    const answer = await send(`POST ${path}`, big, 'x'.repeat(1000))
    expect(answer.status, path).toBe(413)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
  const chunk = `${(9000).toString(16)}\r\n${'x'.repeat(9000)}\r\n`
  const answer = await send('POST /login', { 'Transfer-Encoding': 'chunked' }, chunk.repeat(8))
  expect(answer.status).toBe(413)
})

test('accepts every form in chunks, with extensions and a trailer, and behind HTTP Basic', async () => {
  const account = await signUp({ server: server.url })
  const post = (path: string, form: FormData, headers: Record<string, string>) =>
    send(`POST ${path}`, { ...PROXIED_HEADERS, ...headers }, inChunks(form))
  const open = await openForm('/login', 'Password', { server: server.url })
  const loggedIn = await post('/login', fill(open, { email: account.email, password: PASSWORD }), {})
  expect([loggedIn.status, loggedIn.headers.get('location')]).toEqual([303, '/tasks'])
  const page = { server: server.url, headers: { origin: SECURE_URL } }
  const Cookie = cookiesOf(await logInByForm(account, page))
  const task = await openForm('/tasks', 'New task', { ...page, cookie: Cookie })
  expect((await post('/tasks', fill(task, { title: 'Plain' }), { Cookie })).status).toBe(303)
  const [, actionField] = [...task].find(([name]) => name.endsWith(':0')) ?? []
  const routerCall = fill(new FormData(), { _1_title: 'Called', _1_account: account.userId })
  routerCall.append('0', '[null,"$K1"]')
  const { id } = JSON.parse(String(actionField)) as { id: string }
  expect((await post('/tasks', routerCall, { Cookie, 'Next-Action': id })).status).toBe(200)
  const list = await send('GET /tasks', { Cookie, Authorization: 'Basic eDp4' })
  for (const text of [account.email, 'Plain', 'Called']) expect(list.text.includes(text), text).toBe(true)
  expect((await send('GET /api/auth/me', { Cookie, Authorization: 'Basic eDp4' })).status).toBe(200)
  // The body is empty.
  const empty = { ...PROXIED_HEADERS, Cookie, 'Content-Type': 'application/x-www-form-urlencoded' }
  const loggedOut = await send('POST /logout', empty, '0\r\n\r\n')
  expect([loggedOut.status, loggedOut.headers.get('location')]).toEqual([303, '/login'])
  expect((await send('GET /api/auth/me', { Cookie })).status).toBe(401)
})

test('logs library output about malformed requests as JSON lines without the text of the request', async () => {
  const before = server.output().length
  const hostile = '%0A{%22level%22:50,%22job%22:%22seals%22}%0A\x1b]0;canary\x07'
  const multipart = (name: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n\r\n--b--\r\n`
  const bodies = [
    multipart(`$ACTION_ID_${hostile}`),
    multipart(`$ACTION_ID_${'a'.repeat(42)}${hostile}`),
    multipart(`$ACTION_REF_${hostile}`),
    multipart('$ACTION_1:0'),
    'canary',
  ]
  const form = { Origin: SECURE_URL, 'Content-Type': 'multipart/form-data; boundary=b' }
  for (const path of ['/login', '/', '/nothing']) {
    for (const body of bodies) {
      const length = { 'Content-Length': String(Buffer.byteLength(body, 'latin1')) }
      await send(`POST ${path}?canary`, { ...form, ...length }, body)
      await send(`POST ${path}?canary`, { ...form, ...length, 'Next-Action': 'canary' }, body)
      await send(`POST ${path}?canary`, { ...form, ...length, 'Next-Action': '40'.repeat(21) }, body)
    }
  }
  await send('GET /login', { RSC: '1', 'Next-Router-State-Tree': 'canary', 'Next-Url': '/canary' })
  await send('POST /login', { ...form, 'Content-Length': '99999999' })
  const { headers } = await send('GET /signup')
  const last = headers.get('x-request-id') ?? ''
  await expect.poll(() => server.output()).toContain(last)

  const lines = server.output().slice(before).split('\n').filter(Boolean)
  const parsed = lines.map((line) => JSON.parse(line))
  expect(parsed.length).toBeGreaterThan(bodies.length)
  expect(lines.filter((line) => /canary|\p{Cc}/u.test(line))).toEqual([])
})
