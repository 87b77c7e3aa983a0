import { createHash } from 'node:crypto'
import type { BrowserContext, Page, Response } from '@playwright/test'
import { type Account, signUp } from './api.ts'
import { fillLogIn, logIn } from './journeys.ts'
import { addTask, editLink, expectTitles } from './pages.ts'
import { eventsOf, query } from './sql.ts'
import { expect } from './test.ts'
import { decode, mint, nowSeconds } from './tokens.ts'

type Session = {
  id: string
  persistent: boolean
  revoked_reason: string | null
  lifetime_seconds: number
  /** Refresh tokens that nobody has used yet. */
  unused: number
}

/** Logs in through the form of the account's own server, kept or not, and waits for the list. */
export async function logInOnPage(page: Page, account: Account, { keep = true } = {}): Promise<void> {
  await page.goto(`${account.server}/login`)
  await page.getByLabel('Keep me logged in').setChecked(keep)
  await fillLogIn(page, account)
  await expect(page).toHaveURL(`${account.server}/tasks`)
}

type Enter = { keep?: boolean; path?: string }

/** Logs in to the account's own server without showing the log-in page, and opens a page: the list by default. */
export async function logInAs(page: Page, account: Account, options: Enter = {}): Promise<void> {
  await logIn(page, account, { server: account.server, ...options })
}

/** Logs in to a new account. */
export async function logInAsNewUser(page: Page, options: Enter = {}): Promise<Account> {
  const account = await signUp()
  await logInAs(page, account, options)
  return account
}

export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL('/login')
}

/** From an empty list on: adds and edits a task, logs out, and checks that the server has ended the session. */
export async function editTaskAndLogOut(page: Page, account: Account, origin: string): Promise<void> {
  await addTask(page, 'Water the ferns')
  await expectTitles(page, ['Water the ferns'])
  await editLink(page, 'Water the ferns').click()
  await page.getByLabel('Description').fill('Two\nlines')
  await page.getByLabel('Title').fill('Water all ferns')
  await page.getByRole('button', { name: 'Save' }).click()
  await expectTitles(page, ['Water all ferns'])
  await page.reload()
  await expectTitles(page, ['Water all ferns'])

  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL(`${origin}/login`)
  expect(await sessionsOf(account)).toMatchObject([{ revoked_reason: 'logged_out' }])
}

/** The browser's cookies by their names without "taskward.". */
export async function cookiesOf(context: BrowserContext): Promise<Record<string, string>> {
  const cookies = await context.cookies()
  return Object.fromEntries(cookies.map(({ name, value }) => [name.replace('taskward.', ''), value]))
}

/** What becomes of a kept session after 15 minutes: the access token's cookie ends with it. */
export async function dropAccessTokenCookie(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'taskward.access' })
}

/** Makes the browser's access token one that has `seconds` left, or is over since then. */
export async function setAccessTokenLifetime(context: BrowserContext, seconds: number): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'taskward.access')
  const [, claims] = cookie ? decode(cookie.value) : []
  if (!cookie || !claims) throw new Error('This browser has no access token.')
  const exp = nowSeconds() + seconds
  const iat = exp - (Number(claims.exp) - Number(claims.iat))
  // Without an end: a cookie that is over would be gone.
  await context.addCookies([{ ...cookie, expires: -1, value: await mint({ ...claims, iat, exp }) }])
}

/** Notes in a browser that an action of its session has just done something, as the action does. */
export async function setFlashMessage(context: BrowserContext, what: string): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'taskward.access')
  const [, claims] = cookie ? decode(cookie.value) : []
  if (!cookie || !claims) throw new Error('This browser has no access token.')
  await context.addCookies([{ ...cookie, name: 'taskward.done', value: `${what}.${claims.sid}` }])
}

/** A user's sessions in browsers, oldest first. */
export function sessionsOf({ userId }: Account): Promise<Session[]> {
  return query(
    `SELECT id, persistent, revoked_reason, extract(epoch FROM expires_at - created_at)::float AS lifetime_seconds,
       (SELECT count(*)::int FROM refresh_tokens WHERE session_id = sessions.id AND rotated_at IS NULL) AS unused
     FROM sessions WHERE user_id = $1 AND transport = 'cookie' ORDER BY id`,
    [userId],
  )
}

/** What an account's known devices are recognised by: `cookie` or `network`. */
export async function knownDevicesOf({ userId }: Account): Promise<string[]> {
  const sql = "SELECT split_part(fingerprint, ':', 1) AS kind FROM known_devices WHERE user_id = $1"
  return (await query<{ kind: string }>(sql, [userId])).map(({ kind }) => kind)
}

/** The id of the session that a refresh token belongs to. */
export async function sessionOfToken(refreshToken: string): Promise<string | undefined> {
  const hash = createHash('sha256').update(refreshToken).digest()
  const [found] = await query<{ session_id: string }>(
    'SELECT session_id FROM refresh_tokens WHERE token_hash = $1',
    [hash],
  )
  return found?.session_id
}

/** Ends a user's sessions behind their backs. */
export async function endSessions({ userId }: Account, reason: string): Promise<void> {
  const sql =
    'UPDATE sessions SET revoked_at = now(), revoked_reason = $2::"SessionRevokedReason" WHERE user_id = $1'
  await query(sql, [userId, reason])
}

export async function countEvents({ userId }: Account, type: string): Promise<number> {
  return (await eventsOf(userId, type)).length
}

export function countRotations(account: Account): Promise<number> {
  return countEvents(account, 'token_refreshed')
}

/** Lets the ten seconds pass in which a used refresh token may be a harmless race. */
export async function skipGracePeriod({ userId }: Account): Promise<void> {
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

/** The cookies that an answer sets, in order, each as often as it was sent: name without "taskward." and value. */
export async function cookiesSetBy(response: Response): Promise<[string, string][]> {
  const lines = (await response.headersArray()).filter(({ name }) => name.toLowerCase() === 'set-cookie')
  return lines.map(({ value }) => {
    const [name = '', content = ''] = value.split(';')[0]?.split('=') ?? []
    return [name.replace('taskward.', ''), content]
  })
}
