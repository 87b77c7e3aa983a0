import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { SUBMISSION_FIELD } from '#lib/gate/form-fields.ts'
import { type Account, call, signUp } from './api.ts'
import { fill, openForm } from './forms.ts'
import { waitForHydration } from './pages.ts'
import { SHARED_SERVER } from './run.ts'
import { expect } from './test.ts'

/** The log-in form of each server. Each worker reads it once. */
const logInForms = new Map<string, Promise<FormData>>()

const MAX_OPERATIONS = 100

/** Signs up an account over the API, with tasks of these titles. The last one is the newest. */
export async function createAccount(titles: string[] = []): Promise<Account> {
  const account = await signUp()
  for (let from = 0; from < titles.length; from += MAX_OPERATIONS) {
    const operations = titles.slice(from, from + MAX_OPERATIONS).map((title) => ({ op: 'create', title }))
    const answer = await call('/api/me/tasks/batch', { token: account.token, json: { operations } })
    expect(answer.status, answer.text).toBe(200)
  }
  return account
}

/** @returns the id of the new task */
export async function createTask({ token }: Account, title: string, description?: string): Promise<string> {
  const answer = await call<{ data: { id: string } }>('/api/me/tasks', {
    token,
    json: { title, description },
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}

export async function deleteTask({ token }: Account, id: string): Promise<void> {
  expect((await call(`/api/me/tasks/${id}`, { method: 'DELETE', token })).status).toBe(204)
}

/** Fills in and submits the form of the open log-in page. */
export async function fillLogIn(page: Page, { email, password }: Pick<Account, 'email' | 'password'>) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

type LogIn = {
  /** The server to log in to. */
  server?: string
  keep?: boolean
  /** The page to open, of the same server; null for none. */
  path?: string | null
}

/**
 * Logs in without showing the log-in page: sends its form as a browser without JavaScript does. Then opens a page, and
 * waits until it is hydrated.
 */
export async function logIn(
  page: Page,
  account: Account,
  { server = SHARED_SERVER, keep = true, path = '/tasks' }: LogIn = {},
): Promise<void> {
  const form = logInForms.get(server) ?? openForm('/login', 'Password', { server })
  logInForms.set(server, form)
  const fields = fill(await form, {
    email: account.email,
    password: account.password,
    ...(keep && { keep: 'on' }),
  })
  // The server treats a repeated id as the same submission.
  fields.set(SUBMISSION_FIELD, randomBytes(32).toString('hex'))
  const answer = await page.context().request.post(`${server}/login`, {
    multipart: fields,
    // As browsers send it. The origin is not enough, because the server may have another APP_URL.
    headers: { origin: server, 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  })
  expect(answer.status(), 'the log-in').toBe(303)
  if (path === null) return
  await page.goto(server + path)
  await expect(page).toHaveURL(server + path)
  if (await page.evaluate(() => matchMedia('(scripting: enabled)').matches)) await waitForHydration(page)
}

/** Logs in to a new account with tasks of these titles. The last one is the newest. */
export async function openTasks(page: Page, titles: string[] = []): Promise<Account> {
  const account = await createAccount(titles)
  await logIn(page, account)
  return account
}
