import type { Page } from '@playwright/test'
import { type Account, call, signUp } from './api.ts'
import { expect } from './test.ts'

/** Makes an account over the API, with tasks of these titles: the last one is the newest. */
export async function createAccount(titles: string[] = []): Promise<Account> {
  const account = await signUp()
  for (const title of titles) await createTask(account, title)
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

/** Fills in and sends the form of the log-in page that is open. */
export async function fillLogIn(page: Page, { email, password }: Pick<Account, 'email' | 'password'>) {
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
