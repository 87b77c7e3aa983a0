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
  /** The number of unused refresh tokens. */
  unused: number
}

/** Logs in with the form on the log-in page of the account's server, and waits for the tasks. */
export async function logInOnPage(page: Page, account: Account, { keep = true } = {}): Promise<void> {
  await page.goto(`${account.server}/login`)
  await page.getByLabel('Keep me logged in').setChecked(keep)
  await fillLogIn(page, account)
  await expect(page).toHaveURL(`${account.server}/tasks`)
}

type LogInAs = { keep?: boolean; path?: string | null }

/** Logs in to the account's server without showing the log-in page, and opens a page, by default the tasks; null for none. */
export async function logInAs(page: Page, account: Account, options: LogInAs = {}): Promise<void> {
  await logIn(page, account, { server: account.server, ...options })
}

/** Logs in to a new account. */
export async function logInAsNewUser(page: Page, options: LogInAs = {}): Promise<Account> {
  const account = await signUp()
  await logInAs(page, account, options)
  return account
}

export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL('/login')
  await expect(page.getByRole('status')).toContainText('You’re logged out.')
}

/** Adds a task to an empty list, edits it, logs out, and expects that the session has ended. */
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

/** Deletes the cookie of the access token, as browsers do when it expires after 15 minutes. */
export async function dropAccessTokenCookie(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'taskward.access' })
}

/** Replaces the browser's access token with one that expires in `seconds`. A negative number gives an expired one. */
export async function setAccessTokenLifetime(context: BrowserContext, seconds: number): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'taskward.access')
  const [, claims] = cookie ? decode(cookie.value) : []
  if (!cookie || !claims) throw new Error('This browser has no access token.')
  const exp = nowSeconds() + seconds
  const iat = exp - (Number(claims.exp) - Number(claims.iat))
  // A session cookie, because the browser would delete an expired one.
  await context.addCookies([{ ...cookie, expires: -1, value: await mint({ ...claims, iat, exp }) }])
}

/** Sets the flash message that an action of the browser's session sets. */
export async function setFlashMessage(context: BrowserContext, what: string): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'taskward.access')
  const [, claims] = cookie ? decode(cookie.value) : []
  if (!cookie || !claims) throw new Error('This browser has no access token.')
  await context.addCookies([{ ...cookie, name: 'taskward.done', value: `${what}.${claims.sid}` }])
}

/** The browser sessions of a user, oldest first. */
export function sessionsOf({ userId }: Account): Promise<Session[]> {
  return query(
    `SELECT id, persistent, revoked_reason, extract(epoch FROM expires_at - created_at)::float AS lifetime_seconds,
       (SELECT count(*)::int FROM refresh_tokens WHERE session_id = sessions.id AND rotated_at IS NULL) AS unused
     FROM sessions WHERE user_id = $1 AND transport = 'cookie' ORDER BY id`,
    [userId],
  )
}

/** The kinds of an account's known devices: `cookie` or `network`. */
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

/** Ends the sessions of a user in the database, without an event. */
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

/** Moves rotations 11 seconds into the past. Within ten seconds, reuse may be a harmless race. */
export async function skipGracePeriod({ userId }: Account): Promise<void> {
  await query(
    `UPDATE refresh_tokens SET rotated_at = rotated_at - interval '11 seconds'
     WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
    [userId],
  )
}

/** The response to the next form that the page posts. Call it before the form is submitted. */
export function nextPost(page: Page): Promise<Response> {
  return page.waitForResponse((response) => response.request().method() === 'POST')
}

/** The cookies that a response sets, in order and with duplicates: name without "taskward." and value. */
export async function cookiesSetBy(response: Response): Promise<[string, string][]> {
  const lines = (await response.headersArray()).filter(({ name }) => name.toLowerCase() === 'set-cookie')
  return lines.map(({ value }) => {
    const [name = '', content = ''] = value.split(';')[0]?.split('=') ?? []
    return [name.replace('taskward.', ''), content]
  })
}
