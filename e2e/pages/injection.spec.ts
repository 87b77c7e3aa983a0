import { call, logIn, signUp } from '../support/api.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { logInAs } from '../support/sessions.ts'
import { query } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

/** Markup, quotes, formulas and 8-bit terminal control characters, as far as HTTP allows them in a header. */
const USER_AGENTS = [
  '<script>document.title="stolen"</script>',
  '"><img src=x onerror=document.title="stolen">/1.0',
  '=HYPERLINK("https://evil.example","click")',
  '@SUM(1+1)*cmd|" /C calc"!A0',
  'a","b"',
  'sound\x07\x9b31mred\x85next\u00ad',
  '{"level":60}',
  'Confirmed as you by Taskward/1 x',
]
const EMAILS = [
  '"<script>x</script>"@example.com',
  '=1+1@example.com',
  'a\r\nb@example.com',
  '\u001b[31m@example.com',
  '\u202eelpmaxe@example.com',
]

/** Characters that terminals, line readers and right-to-left text interpret. */
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

let server: RunningServer

test.beforeAll(async () => {
  const RATE_LIMITS = `${HIGH_LIMITS.RATE_LIMITS},login.pair=1000/60,login.address=1000/60`
  server = await startServer({ LOG_LEVEL: 'trace', RATE_LIMITS })
})
test.afterAll(async () => server?.stop())

test('markup, formulas and control characters in user agents and emails are inert in page, files, API and log', async ({
  page,
}) => {
  const account = await signUp({ server: server.url })
  const target = { server: server.url }
  for (const userAgent of USER_AGENTS) {
    // Header values are bytes, so characters above U+00FF cannot be sent. `fetch` refuses U+0007.
    const headers = { 'user-agent': userAgent.replace('\x07', '') }
    expect((await logIn(account.email, 'Wrong password', { ...target, headers })).status).toBe(401)
    for (const email of EMAILS) await logIn(email, 'Wrong password', { ...target, headers })
    const path = `/api/me/tasks/%1b%5b31m%0d%0a${encodeURIComponent('<b>')}`
    const { status } = await call(path, { ...target, headers, token: account.token })
    expect(status).toBe(404)
  }
  await logInAs(page, account, { path: '/settings/activity?kind=failures' })
  // One row, which opens.
  const table = page.getByRole('table', { name: 'Events, newest first' })
  await expect(table.locator('tbody li')).toHaveCount(USER_AGENTS.length)
  await expect(page).toHaveTitle(/^Security activity/)
  expect(await page.locator('main img, main script').count()).toBe(0)
  await expect(page.locator('main')).not.toContainText('by Taskward')

  const { value } = (await page.context().cookies()).find(({ name }) => name === 'taskward.access')!
  const cookie = `taskward.access=${value}`
  const csv = (await call('/settings/activity/events.csv?kind=failures', { ...target, cookie })).text
  const [, ...lines] = csv.trimEnd().split('\r\n')
  expect(lines).toHaveLength(USER_AGENTS.length)
  for (const line of lines) {
    expect(line).not.toMatch(CONTROL_CHARACTERS)
    expect(line).not.toMatch(/(^|,)"[=+\-@]/)
  }
  expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")"`)

  const file = (await call('/settings/activity/events.json?kind=failures', { ...target, cookie })).text
  const api = await call<{ data: { user_agent: string }[] }>('/api/me/events?success=false', {
    ...target,
    token: account.token,
  })
  expect(api.body.data).toEqual(JSON.parse(file).data)
  const agents = api.body.data.map(({ user_agent }) => user_agent)
  expect(agents.filter((agent) => CONTROL_CHARACTERS.test(agent))).toEqual([])
  expect(agents.toReversed().slice(0, 5)).toEqual(USER_AGENTS.slice(0, 5))
  expect(agents.toReversed()[5]).toBe('sound\\u{9b}31mred\\u{85}next\\u{ad}')

  const stored = await query<{ email: string }>(
    `SELECT email FROM auth_events WHERE email LIKE '%@example.com'`,
  )
  expect(stored.filter(({ email }) => CONTROL_CHARACTERS.test(email))).toEqual([])
  const printed = server.output().split('\n')
  expect(printed.filter((line) => /"path":"\/api\/[^"]*tasks/.test(line))).toHaveLength(USER_AGENTS.length)
  // The greeting of Next.js is in colour. All other lines are JSON.
  expect(printed.filter((line) => line.startsWith('{') && CONTROL_CHARACTERS.test(line))).toEqual([])
  expect(printed.filter((line) => /HYPERLINK|<script>|stolen|31mred/.test(line))).toEqual([])
})
