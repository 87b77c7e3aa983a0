import { createHash, createHmac } from 'node:crypto'
import type { BrowserContext, Page, Response } from '@playwright/test'
import pg from 'pg'
import { newEmail, PASSWORD } from './accounts.ts'
import { expect } from './test.ts'

const settings: Record<string, string> = JSON.parse(process.env.TASKWARD_E2E_SETTINGS ?? '{}')
const MAIN = process.env.TASKWARD_E2E_URL ?? ''

/** `token` and `refreshToken` belong to a bearer session, the one of the sign-up over the API. */
export type Account = {
  userId: string
  email: string
  password: string
  token: string
  refreshToken: string
}

type Session = {
  id: string
  persistent: boolean
  revoked_reason: string | null
  lifetime_seconds: number
  /** Refresh tokens that nobody has used yet. */
  unused: number
}

/** Asks the run's database directly: what no answer shows, and what only time would change. */
export async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: settings.DATABASE_URL })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Makes an account over the API. */
export async function createAccount(server = MAIN): Promise<Account> {
  const email = newEmail()
  const response = await fetch(`${server}/api/auth/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  expect(response.status).toBe(201)
  const { user_id: userId, token, refresh_token: refreshToken } = await response.json()
  return { userId, email, password: PASSWORD, token, refreshToken }
}

/** Fills in the form of the log-in page that is open, and leaves it at that. */
export async function fillIn(page: Page, { email, password }: Pick<Account, 'email' | 'password'>) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
}

/** Logs in through the page, as people do, and waits for the list. */
export async function enter(
  page: Page,
  account: Account,
  { keep = true, server = MAIN }: { keep?: boolean; server?: string } = {},
): Promise<void> {
  await page.goto(`${server}/login`)
  await fillIn(page, account)
  await page.getByLabel('Keep me logged in').setChecked(keep)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL(`${server}/tasks`)
}

/** Logs in to a new account. */
export async function enterNew(
  page: Page,
  options: { keep?: boolean; server?: string } = {},
): Promise<Account> {
  const account = await createAccount(options.server)
  await enter(page, account, options)
  return account
}

export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL('/login')
}

/** The browser's cookies by their names without "taskward.". */
export async function cookiesOf(context: BrowserContext): Promise<Record<string, string>> {
  const cookies = await context.cookies()
  return Object.fromEntries(cookies.map(({ name, value }) => [name.replace('taskward.', ''), value]))
}

/** What becomes of a kept session after 15 minutes: the access token's cookie ends with it. */
export async function loseAccessToken(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'taskward.access' })
}

/** Makes the browser's access token one that has `seconds` left, or is over since then. */
export async function setAccessTokenLife(context: BrowserContext, seconds: number): Promise<void> {
  const cookies = await context.cookies()
  const cookie = cookies.find(({ name }) => name === 'taskward.access')
  const [header, payload] = cookie?.value.split('.') ?? []
  if (!cookie || !payload) throw new Error('This browser has no access token.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const exp = Math.floor(Date.now() / 1000) + seconds
  const moved = { ...claims, exp, iat: exp - (claims.exp - claims.iat) }
  const signed = `${header}.${Buffer.from(JSON.stringify(moved)).toString('base64url')}`
  const mac = createHmac('sha256', settings.JWT_SECRET ?? '').update(signed)
  // Without an end: a cookie that is over would be gone.
  await context.addCookies([{ ...cookie, expires: -1, value: `${signed}.${mac.digest('base64url')}` }])
}

/** A user's sessions in browsers, oldest first. */
export function sessionsOf(userId: string): Promise<Session[]> {
  return query(
    `SELECT id, persistent, revoked_reason, extract(epoch FROM expires_at - created_at)::float AS lifetime_seconds,
       (SELECT count(*)::int FROM refresh_tokens WHERE session_id = sessions.id AND rotated_at IS NULL) AS unused
     FROM sessions WHERE user_id = $1 AND transport = 'cookie' ORDER BY id`,
    [userId],
  )
}

/** The session that a refresh token belongs to, and why it is over. */
export async function sessionOfToken(refreshToken: string | undefined) {
  const hash = createHash('sha256').update(String(refreshToken)).digest()
  const [found] = await query<{ id: string; revoked_reason: string | null }>(
    'SELECT s.id, revoked_reason FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id WHERE token_hash = $1',
    [hash],
  )
  return found
}

export async function countEvents(userId: string, type: string): Promise<number> {
  return (await query('SELECT 1 FROM auth_events WHERE user_id = $1 AND event_type = $2', [userId, type]))
    .length
}

export const countRotations = (userId: string) => countEvents(userId, 'token_refreshed')

/** Lets the ten seconds pass in which a used refresh token may be a harmless race. */
export async function outlastGrace(userId: string): Promise<void> {
  await query(
    `UPDATE refresh_tokens SET rotated_at = rotated_at - interval '11 seconds'
     WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
    [userId],
  )
}

/** The answer to the next form that the page posts. Ask before the form is sent. */
export function nextPost(page: Page): Promise<Response> {
  return page.waitForResponse((response) => response.request().method() === 'POST')
}

/** The `Set-Cookie` lines of an answer as they were sent, by their cookies' names without "taskward.". */
export async function setCookieLines(response: Response): Promise<Record<string, string[]>> {
  const lines = (await response.headersArray()).filter(({ name }) => name.toLowerCase() === 'set-cookie')
  return Object.groupBy(
    lines.map(({ value }) => value),
    (line) => line.slice(0, line.indexOf('=')).replace('taskward.', ''),
  ) as Record<string, string[]>
}

/** The value that a `Set-Cookie` line gives its cookie. */
export function valueIn(line: string | undefined): string | undefined {
  return /^[^=]+=([^;]*)/.exec(line ?? '')?.[1]
}
