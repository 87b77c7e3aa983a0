import { newEmail, PASSWORD } from './support/accounts.ts'
import { call, signUp } from './support/api.ts'
import { fill, openForm } from './support/forms.ts'
import { sendRaw } from './support/raw.ts'
import { PATIENT } from './support/run.ts'
import { type RunningServer, startServer } from './support/server.ts'
import { query } from './support/sql.ts'
import { expect, test } from './support/test.ts'

// In order, in one worker: one server for the whole file.
test.describe.configure({ mode: 'default' })

const SECURE_URL = 'https://tasks.example.org'
const SPOOFED = '203.0.113.77'
let server: RunningServer

test.beforeAll(async () => {
  server = await startServer({ ...PATIENT, APP_URL: SECURE_URL })
})

test.afterAll(() => server?.stop())

function send(head: string, headers: Record<string, string> = {}, body = '') {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return sendRaw(server.url, `${head} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n${body}`)
}

test('a request with Upgrade is answered, logged and counted like any other, by its own address', async () => {
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

test('a client chooses its address by no header, in forms and over the API', async () => {
  const email = newEmail()
  const json = JSON.stringify({ email, password: 'not the password' })
  const length = { 'Content-Type': 'application/json', 'Content-Length': String(json.length) }
  for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'X-Taskward-Client']) {
    await send('POST /api/auth/login', { ...length, [name]: SPOOFED }, json)
  }
  const events = await query('SELECT ip_address FROM auth_events WHERE email = $1', [email])
  expect(events).toEqual(Array(4).fill({ ip_address: '127.0.0.1' }))
})

test('every answer is armoured, also those that Next.js makes by itself', async () => {
  const page = await call('/login', { server: server.url })
  const script = /src="(\/_next\/static\/[^"]+)"/.exec(page.text)?.[1] ?? ''
  const targets: [string, number][] = [
    ['/login/', 308],
    ['//login', 308],
    [script, 200],
    ['/_next/static/nothing.js', 404],
    ['/api/health', 200],
    ['/login', 200],
  ]
  for (const [target, status] of targets) {
    const { headers, ...answer } = await send(`GET ${target}`)
    expect(answer.status, target).toBe(status)
    expect(headers.get('strict-transport-security'), target).toMatch(/^max-age=\d{8}; includeSubDomains$/)
    expect(headers.get('x-content-type-options'), target).toBe('nosniff')
    expect(headers.get('x-frame-options'), target).toBe('DENY')
    expect(headers.get('referrer-policy'), target).toBe('same-origin')
  }
})

test('a body of more than 64 KiB is refused at once, wherever it is sent', async () => {
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

test('a form in chunks works like one that tells its length', async () => {
  const boundary = 'b'.repeat(30)
  const { email } = await signUp({ server: server.url })
  const form = fill(await openForm('/login', 'Password', { server: server.url }), {
    email,
    password: PASSWORD,
  })
  const parts = [...form].map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const body = `${parts.join('')}--${boundary}--\r\n`
  const answer = await send(
    'POST /login',
    {
      Origin: SECURE_URL,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Transfer-Encoding': 'chunked',
    },
    `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  )
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/tasks')
})

test('whatever odd requests make a library print is a line of ours, without its text', async () => {
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
