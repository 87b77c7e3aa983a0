import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Good enough for sign-up, and on no list. */
export const PASSWORD = 'seven quiet herons at dusk'

/** `token` is the access token of a session that only the API has. */
export type Account = { email: string; password: string; token: string }

/** An address that nobody has yet. */
export function newEmail(): string {
  return `${randomUUID()}@example.com`
}

/** Makes an account over the API, with tasks of these titles: the last one is the newest. */
export async function createAccount(titles: string[] = []): Promise<Account> {
  const email = newEmail()
  const { token } = await post('/api/auth/signup', { email, password: PASSWORD })
  const account = { email, password: PASSWORD, token: String(token) }
  for (const title of titles) await createTask(account, title)
  return account
}

/** @returns the id of the new task */
export async function createTask({ token }: Account, title: string, description?: string): Promise<string> {
  const { data } = await post('/api/me/tasks', { title, description }, token)
  return (data as { id: string }).id
}

export async function deleteTask({ token }: Account, id: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(urlOf(`/api/me/tasks/${id}`), { method: 'DELETE', headers })
  expect(response.status).toBe(204)
}

/** Fills in and sends the form of the log-in page that is open. */
export async function fillLogIn(page: Page, { email, password }: Omit<Account, 'token'>): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** Logs in through the page, as people do, and waits for the list. */
export async function logIn(page: Page, account: Account): Promise<void> {
  await page.goto('/login')
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks')
}

/** Logs in to a new account with tasks of these titles: the last one is the newest. */
export async function openTasks(page: Page, titles: string[] = []): Promise<Account> {
  const account = await createAccount(titles)
  await logIn(page, account)
  return account
}

function urlOf(path: string): string {
  return new URL(path, process.env.TASKWARD_E2E_URL).href
}

async function post(path: string, body: object, token?: string): Promise<Record<string, unknown>> {
  const response = await fetch(urlOf(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  expect(response.status, path).toBe(201)
  return (await response.json()) as Record<string, unknown>
}
