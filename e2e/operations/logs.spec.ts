import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { type Account, call, logIn, signUp, UUID } from '../support/api.ts'
import { holdLocks, waitForLockWaiters } from '../support/locks.ts'
import { type LogLine, linesOf, logLines } from '../support/log-lines.ts'
import { sendRaw } from '../support/raw-request.ts'
import { databaseUrl, HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { eventsOf, query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

test.describe.configure({ mode: 'default' })

let server: RunningServer
let account: Account

test.beforeAll(async () => {
  server = await startServer(HIGH_LIMITS)
  account = await signUp({ server: server.url })
})

test.afterAll(() => server?.stop())

async function lineOf(requestId: string | null | undefined): Promise<LogLine | undefined> {
  await expect.poll(() => linesOf(server, requestId ?? '').length).toBeGreaterThan(0)
  return linesOf(server, requestId ?? '')[0]
}

test('logs one line per request, refused or not, under the id of the response', async () => {
  const cookie = `taskward.access=${account.token}`
  const requests: [string, Parameters<typeof call>[1], number][] = [
    ['/login?next=/tasks', {}, 200],
    ['/tasks', { cookie }, 200],
    ['/api/me/tasks?limit=1', { token: account.token }, 200],
    ['/api/me/tasks', {}, 401],
    ['/tasks', {}, 303],
    ['/tasks', { method: 'POST', body: new FormData() }, 403],
    ['/tasks', { method: 'DELETE' }, 405],
    ['/api/nothing', { token: account.token }, 404],
    ['/api/me/tasks', { method: 'OPTIONS' }, 204],
    ['/nothing', { cookie }, 404],
  ]
  for (const [target, options, status] of requests) {
    const answer = await call(target, { server: server.url, ...options })
    expect(answer.status, target).toBe(status)
    const id = answer.headers.get('x-request-id')
    const { method = 'GET' } = options ?? {}
    const [path] = target.split('?')
    expect(await lineOf(id), target).toMatchObject({ method, path, status, request_id: id })
    expect(linesOf(server, id)).toHaveLength(1)
  }
  for (const line of logLines(server).filter(({ path }) => path)) {
    expect(line.request_id).toMatch(UUID)
    expect(line.duration_ms).toBeGreaterThanOrEqual(0)
  }
})

test('logs nothing for static files', async () => {
  const page = await call('/login', { server: server.url })
  const [, script = ''] = /src="(\/_next\/static\/[^"]+)"/.exec(page.text) ?? []
  expect((await call(script, { server: server.url })).status).toBe(200)
  await call('/icon.svg', { server: server.url })
  const { headers } = await call('/signup', { server: server.url })
  await lineOf(headers.get('x-request-id'))
  expect(logLines(server).filter(({ path }) => /_next|icon/.test(path ?? ''))).toEqual([])
})

/** Sends a log-in over a raw connection. @returns it, after 300 ms without a response */
async function send(body: string, length = body.length) {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const head = ['POST /api/auth/login HTTP/1.1', 'Host: x', 'Content-Type: application/json']
  socket.write([...head, `Content-Length: ${length}`, '', body].join('\r\n'))
  const answered = once(socket, 'data').then(() => true)
  expect(await Promise.race([answered, sleep(300, false)])).toBe(false)
  return socket
}

const abortedLines = () => logLines(server).filter(({ status }) => status === 'aborted')

test('logs a request that the client aborts before its body is complete', async () => {
  const socket = await send('{', 9)
  socket.destroy()
  await expect
    .poll(abortedLines)
    .toMatchObject([{ method: 'POST', path: '/api/auth/login', request_id: expect.stringMatching(UUID) }])
})

test('logs a request that the client aborts before the response, under the id of its event', async () => {
  const before = abortedLines().length
  const release = await holdLocks(databaseUrl(), 'SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [
    account.userId,
  ])
  const socket = await send(JSON.stringify({ email: account.email, password: PASSWORD }))
  // A log-in that has not begun to write ends with its connection.
  await waitForLockWaiters(databaseUrl(), 1, { ofServer: server.pid })
  socket.destroy()
  await expect.poll(() => abortedLines().length).toBe(before + 1)
  await release()
  const id = abortedLines().at(-1)?.request_id
  await expect
    .poll(async () => (await eventsOf(account.userId, 'login')).map((event) => event.request_id))
    .toEqual([id])
})

test('the log line of a request, its events and its error body have the same id', async () => {
  const answer = await logIn(account.email, 'not the password', { server: server.url })
  const id = answer.headers.get('x-request-id')
  expect(answer.text).toContain(id)
  expect(await query('SELECT 1 FROM auth_events WHERE request_id = $1', [id])).toHaveLength(1)
  expect(await lineOf(id)).toMatchObject({ path: '/api/auth/login', status: 401 })
})

test('line ends, escapes and HTML in paths, user agents and emails forge no log line', async () => {
  const forged = '{"level":30,"path":"/forged"}'
  const raws = [
    `GET /a%0d%0a${encodeURIComponent(forged)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /a\x9b2J\u0085${forged.replaceAll(' ', '')} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /tasks HTTP/1.1\r\nHost: x\r\nUser-Agent: \x9b31m\u0085${forged}<script>\r\n\r\n`,
    // Node.js itself refuses these.
    `GET /a\x1b[2J HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /tasks HTTP/1.1\r\nHost: x\r\nUser-Agent: a\rb\x1b[2J\r\n\r\n`,
  ]
  const before = server.output().length
  for (const raw of raws) await sendRaw(server.url, Buffer.from(raw, 'latin1'))
  for (const email of [`a\r\n${forged}@example.com`, `"<img src=x>\\u001b[2J"@example.com`]) {
    const json = { email, password: PASSWORD }
    expect((await call('/api/auth/login', { server: server.url, json })).status).toBe(400)
  }
  const userAgent = '<b>\t\x9b2J'
  const stranger = newEmail()
  await logIn(stranger, PASSWORD, { server: server.url, headers: { 'user-agent': userAgent } })
  const last = await call('/login', { server: server.url })
  await lineOf(last.headers.get('x-request-id'))

  const printed = server.output().slice(before).split('\n').filter(Boolean)
  expect(printed.filter((line) => /\p{Cc}/u.test(line))).toEqual([])
  expect(printed.map((line) => JSON.parse(line).path).filter((path) => path === '/forged')).toEqual([])
  const [event] = await query<{ user_agent: string }>('SELECT user_agent FROM auth_events WHERE email = $1', [
    stranger,
  ])
  expect(event?.user_agent).toBe('<b>\\u{9}\\u{9b}2J')
})
