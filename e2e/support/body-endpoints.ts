import { expect } from '@playwright/test'
import { newEmail, PASSWORD } from './accounts.ts'
import { type Account, type Answer, type Call, call, type ErrorBody, signUp } from './api.ts'
import { createTask } from './isolation.ts'
import { query } from './sql.ts'

/** An endpoint with a request body. `good` is a valid body. */
export type BodyEndpoint = {
  path: string
  method: string
  fields: string[]
  good: Record<string, unknown>
  account: Account
}

/** Every endpoint with a body, for a new account. The last two change its only task. */
export async function createBodyEndpoints(): Promise<BodyEndpoint[]> {
  const account = await signUp()
  const { id } = await createTask(account, 'Untouched')
  const email = newEmail()
  const task = { title: 'x', description: 'x' }
  const endpoints: [string, string, Record<string, unknown>][] = [
    ['POST', '/api/auth/signup', { email, password: PASSWORD, name: 'x' }],
    ['POST', '/api/auth/login', { email, password: PASSWORD }],
    ['POST', '/api/auth/refresh', { refresh_token: 'x' }],
    ['POST', '/api/auth/password/forgot', { email }],
    ['POST', '/api/auth/password/reset', { token: 'x', password: PASSWORD }],
    ['POST', '/api/auth/email/confirm', { token: 'x' }],
    ['POST', '/api/auth/email/change', { email, password: PASSWORD }],
    ['POST', '/api/me/tasks', task],
    ['POST', '/api/me/tasks/quick', { text: 'x' }],
    ['PUT', `/api/me/tasks/${id}`, task],
    ['PATCH', `/api/me/tasks/${id}`, task],
  ]
  return endpoints.map(([method, path, good]) => ({ method, path, good, account, fields: Object.keys(good) }))
}

/** Sends a body unchanged. An empty content type sends no header. */
export function sendBody(
  { path, method, account }: BodyEndpoint,
  body: Call['body'],
  contentType = 'application/json',
): Promise<Answer<ErrorBody>> {
  const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {}
  return call(path, { method, token: account.token, headers, ...(body !== undefined && { body }) })
}

/** Expects that the account has its one task only, and that the task is unchanged. */
export async function expectUntouched([endpoint]: BodyEndpoint[]): Promise<void> {
  const rows = await query('SELECT title, description, completed_at FROM tasks WHERE user_id = $1', [
    endpoint?.account.userId,
  ])
  expect(rows).toEqual([{ title: 'Untouched', description: null, completed_at: null }])
}
