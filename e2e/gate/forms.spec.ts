import { expect, test } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { type Account, type Answer, call, expectError, refresh, signUp } from '../support/api.ts'
import { cookiesOf, fill, logInByForm, openForm } from '../support/forms.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { eventsOf, query } from '../support/sql.ts'

const FOREIGN: Record<string, string>[] = [
  {},
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'sec-fetch-site': 'same-site' },
  { origin: 'null', 'sec-fetch-site': 'none' },
  { origin: '' },
  { origin: SHARED_SERVER.replace('http:', 'https:') },
  { origin: `${SHARED_SERVER}.elsewhere.example` },
  { origin: 'https://elsewhere.example', 'x-forwarded-host': 'elsewhere.example' },
  { origin: 'https://elsewhere.example', host: 'elsewhere.example' },
  { origin: 'https://elsewhere.example', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin' },
  { referer: `${SHARED_SERVER}/tasks` },
]

/** What browsers send with a same-origin form where a proxy sets `Referrer-Policy: no-referrer`. */
const HIDDEN_ORIGIN = { origin: 'null', 'sec-fetch-site': 'same-origin' }

async function titlesOf({ userId }: Account): Promise<string[]> {
  const rows = await query<{ title: string }>('SELECT title FROM tasks WHERE user_id = $1 ORDER BY id', [
    userId,
  ])
  return rows.map(({ title }) => title)
}

function addTask(form: FormData, cookie: string, headers: Record<string, string>): Promise<Answer<unknown>> {
  return call('/tasks', { body: fill(form, { title: 'By form' }), cookie, headers })
}

/** A signed-in account, and its form for a new task. */
async function openTasks() {
  const account = await signUp()
  const cookie = `taskward.access=${account.token}`
  return { account, cookie, form: await openForm('/tasks', 'New task', { cookie }) }
}

test('accepts a same-origin form without JavaScript and redirects', async () => {
  const { account, cookie, form } = await openTasks()
  const answer = await addTask(form, cookie, { origin: SHARED_SERVER })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/tasks')
  expect(await titlesOf(account)).toEqual(['By form'])
})

test('accepts a same-origin form whose origin a proxy’s no-referrer hides', async () => {
  const { account, cookie, form } = await openTasks()
  expect((await addTask(form, cookie, HIDDEN_ORIGIN)).status).toBe(303)
  expect(await titlesOf(account)).toEqual(['By form'])
  const loggedIn = await logInByForm(account, { server: SHARED_SERVER, headers: HIDDEN_ORIGIN })
  expect(loggedIn.headers.get('location')).toBe('/tasks')
  const headers = { ...HIDDEN_ORIGIN, 'content-type': 'application/x-www-form-urlencoded' }
  const loggedOut = await call('/logout', {
    cookie: cookiesOf(loggedIn),
    body: `account=${account.userId}`,
    headers,
  })
  expect([loggedOut.status, loggedOut.headers.get('location')]).toEqual([303, '/login'])
  const cleared = loggedOut.headers
    .getSetCookie()
    .filter((line) => /^taskward\.(access|refresh)=;/.test(line))
  expect(cleared).toHaveLength(2)
  expect(await eventsOf(account.userId, 'logout')).toHaveLength(1)
})

test('answers 403 to a form of another or no origin and runs nothing', async () => {
  const { account, cookie, form } = await openTasks()
  for (const headers of FOREIGN) {
    expect((await addTask(form, cookie, headers)).status, JSON.stringify(headers)).toBe(403)
  }
  expect(await titlesOf(account)).toEqual([])
})

test('answers 403 to an action call of another or no origin and runs nothing', async () => {
  const { account, cookie, form } = await openTasks()
  const [, actionField] = [...form].find(([name]) => name.endsWith(':0')) ?? []
  const { id } = JSON.parse(String(actionField)) as { id: string }
  const state = JSON.stringify([{ attempt: 0, message: null, errors: [], values: {} }, '$K1'])
  const send = (headers: Record<string, string>) => {
    const body = new FormData()
    body.append('_1_title', 'By router')
    body.append('_1_account', account.userId)
    body.append('0', state)
    return call('/tasks', { body, cookie, headers: { 'next-action': id, ...headers } })
  }
  for (const headers of FOREIGN) expect((await send(headers)).status, JSON.stringify(headers)).toBe(403)
  expect(await titlesOf(account)).toEqual([])
  expect((await send({ origin: SHARED_SERVER })).status).toBe(200)
  expect((await send(HIDDEN_ORIGIN)).status).toBe(200)
  expect(await titlesOf(account)).toEqual(['By router', 'By router'])
})

test('a log-in form of another origin sets no cookie and records no event', async () => {
  const account = await signUp()
  for (const headers of FOREIGN) {
    const form = fill(await openForm('/login', 'Password'), { email: account.email, password: PASSWORD })
    const answer = await call('/login', { body: form, headers })
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  }
  expect(await eventsOf(account.userId, 'login', 'login_failed')).toEqual([])
})

test('a task form without a session does nothing, on every path it is posted to', async () => {
  const { account, form } = await openTasks()
  for (const path of [
    '/tasks',
    '/login',
    '/signup',
    '/forgot-password',
    '/reset-password',
    '/secure-account',
    '/',
    '/nothing',
  ]) {
    const answer = await call(path, {
      body: fill(form, { title: 'Signed out' }),
      headers: { origin: SHARED_SERVER },
    })
    expect(answer.status, path).toBeGreaterThanOrEqual(300)
    expect(answer.status, path).toBeLessThan(500)
  }
  expect(await titlesOf(account)).toEqual([])
})

test('redirects a form whose session has ended to the log-in, which leads back to its page', async () => {
  const { userId } = await signUp()
  const fields = { form: 'any', account: userId, title: 'Typed' }
  const pages = ['/tasks', '/settings/sessions', '/settings/password', '/settings/profile', '/admin/users']
  for (const page of pages) {
    const address = `${page}?next=%2Fsettings%2Factivity&view=inbox`
    const answer = await call(address, {
      body: fill(new FormData(), fields),
      headers: { origin: SHARED_SERVER },
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(address)}`)
    const [draft] = await query('SELECT page FROM drafts WHERE user_id = $1', [userId])
    expect(draft).toEqual({ page })
  }
})

test('answers 413 to a form of more than 64 KiB, with a length or in chunks', async () => {
  const { account, cookie, form } = await openTasks()
  const headers = { origin: SHARED_SERVER }
  const big = fill(form, { title: 'x'.repeat(65 * 1024) })
  expect((await call('/tasks', { body: big, cookie, headers })).status).toBe(413)
  const request = new Response(big)
  const type = request.headers.get('content-type') ?? ''
  const body = new Blob([await request.bytes()]).stream()
  const answer = await call('/tasks', { body, cookie, headers: { ...headers, 'content-type': type } })
  expect(answer.status).toBe(413)
  expect(await titlesOf(account)).toEqual([])
})

test('a body that is not an action’s form runs no action', async () => {
  const { account, cookie, form } = await openTasks()
  const text = [...fill(form, { title: 'x' })].map(([name, value]) => [name, String(value)])
  const bodies: [string, string][] = [
    ['application/x-www-form-urlencoded', new URLSearchParams(text).toString()],
    ['text/plain', text.map((pair) => pair.join('=')).join('\r\n')],
    ['application/json', JSON.stringify(Object.fromEntries(text))],
  ]
  for (const [type, body] of bodies) {
    const answer = await call('/tasks', {
      body,
      cookie,
      headers: { origin: SHARED_SERVER, 'content-type': type },
    })
    expect(answer.status, type).toBeLessThan(500)
  }
  for (const name of [
    '$ACTION_ID_x',
    `$ACTION_ID_00${'a'.repeat(40)}`,
    '$ACTION_REF_1',
    '$ACTION_ID___proto__',
  ]) {
    const answer = await call('/tasks', {
      body: fill(new FormData(), { [name]: '' }),
      cookie,
      headers: { origin: SHARED_SERVER },
    })
    expect([400, 404, 409], name).toContain(answer.status)
  }
  for (const action of ['x', '__proto__', '00'.repeat(21)]) {
    const answer = await call('/tasks', {
      body: '[]',
      cookie,
      headers: { origin: SHARED_SERVER, 'next-action': action },
    })
    expect([400, 404, 409], action).toContain(answer.status)
  }
  expect(await titlesOf(account)).toEqual([])
})

/** Bodies that no form of this site sends. Next.js alone would log an error and answer 500. */
const MALFORMED_BODIES: [contentType: string, body: string][] = [
  ['multipart/form-data', '--x--'],
  ['multipart/form-data; boundary=', '--\r\n'],
  ['multipart/form-data; boundary=x', ''],
  ['multipart/form-data; boundary=x', 'garbage'],
  [
    'multipart/form-data; boundary=y',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
  ],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
  ['multipart/form-data; boundary=x', '--x\r\n\r\n1\r\n--x--\r\n'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n[{},"$K1"\r\n--x--\r\n',
  ],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$1","$K1"]\r\n--x--\r\n',
  ],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x--\r\n',
  ],
  ['Multipart/Form-Data; boundary=x', 'garbage'],
  ['text/plain', '["$1","$K1"]'],
  ['text/plain', ''],
  ['application/json', '{'],
  ['application/x-www-form-urlencoded', 'a=b'],
]

test('answers a malformed form with 400 and one sentence, signed in or not', async () => {
  const { cookie, form } = await openTasks()
  const [, actionField] = [...form].find(([name]) => name.endsWith(':0')) ?? []
  const { id } = JSON.parse(String(actionField)) as { id: string }
  for (const action of [null, id, 'x'.repeat(40), 'x'.repeat(42), '0'.repeat(40), '__proto__']) {
    for (const [type, body] of MALFORMED_BODIES) {
      // Without the router's header these are not actions, so Next.js renders the page.
      if (action === null && !/^multipart/i.test(type)) continue
      for (const [path, sessionCookie] of [
        ['/tasks', cookie],
        ['/login', ''],
      ] as const) {
        const headers = {
          origin: SHARED_SERVER,
          'content-type': type,
          ...(action && { 'next-action': action }),
        }
        const answer = await call(path, { body, cookie: sessionCookie, headers })
        expect(answer.status, `${action} ${type} ${body}`).toBe(400)
        expect(answer.text).toContain('This form arrived incomplete or malformed, so nothing was done.')
        expect(answer.headers.get('content-type')).toBe(action ? 'text/plain' : 'text/html; charset=utf-8')
      }
    }
  }
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`field${i}`, 'x']))
  for (const body of [fill(form, many), fill(new FormData(), many)]) {
    const answer = await call('/tasks', { body, cookie, headers: { origin: SHARED_SERVER } })
    expect(answer.status).toBeLessThan(500)
  }
})

test('a log-in by form sets three HttpOnly cookies, whose refresh token the API refuses', async () => {
  const account = await signUp()
  const answer = await logInByForm(account, { server: SHARED_SERVER })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/tasks')
  const lines = answer.headers.getSetCookie()
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([
    'taskward.access',
    'taskward.device',
    'taskward.refresh',
  ])
  for (const line of lines) {
    for (const part of ['Path=/', 'HttpOnly', 'SameSite=lax']) expect(line.split('; ')).toContain(part)
    expect(line).not.toMatch(/Domain=|Secure/i)
  }
  expect(answer.text).not.toMatch(/eyJ[\w-]+\.eyJ/)
  const cookie = cookiesOf(answer)
  expect((await call('/tasks', { cookie })).text).toContain(account.email)

  // The API refuses a cookie session's refresh token, and the session stays active.
  const secret = /taskward\.refresh=([\w-]+)/.exec(cookie)?.[1] ?? ''
  expectError(await refresh(secret), 401, 'INVALID_REFRESH_TOKEN')
  expect((await call('/tasks', { cookie })).status).toBe(200)
})

test('a page contains no token, whether it exists or not', async () => {
  const { cookie, account } = await openTasks()
  for (const path of ['/tasks', '/nothing']) {
    const page = await call(path, { cookie })
    expect(page.text).not.toContain(account.token)
    expect(page.text).not.toMatch(/eyJ[\w-]+\.eyJ/)
  }
})

test('a failed log-in by form does not reveal whether the account exists and sets no cookie', async () => {
  const account = await signUp()
  const wrong = [
    { email: account.email, password: 'wrong' },
    { email: newEmail(), password: 'wrong' },
  ]
  for (const credentials of wrong) {
    const answer = await logInByForm(credentials, { server: SHARED_SERVER })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Wrong email or password.')
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})
