import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { newEmail, PASSWORD } from './accounts.ts'
import { SHARED_SERVER } from './run.ts'

/** A hang is a failure; a busy machine is none. */
const TIMEOUT_MS = 60_000

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

export type Call = {
  method?: string
  /** The origin of the server, by default that of the run. */
  server?: string
  token?: string
  cookie?: string
  headers?: Record<string, string>
  /** Sent as JSON, unless there is a `body`. */
  json?: unknown
  body?: string | Uint8Array<ArrayBuffer> | FormData | ReadableStream
}

export type Answer<T> = { status: number; headers: Headers; text: string; body: T }
export type FieldIssue = { field: string; issue: string }
export type Meta = {
  timestamp: string
  request_id: string
  count?: number
  next_cursor?: string | null
  batch_id?: string | null
  next_task_id?: string
}
export type ErrorBody = {
  error: { code: string; message: string; details: FieldIssue[] | null }
  meta: Meta
}
export type Tokens = { access_token: string; refresh_token: string; token_type: string; expires_in: number }
export type SignedIn = Tokens & { user_id: string; email: string; token: string }
export type Account = {
  userId: string
  email: string
  password: string
  token: string
  refreshToken: string
  /** The origin of the server that issued the tokens. */
  server: string
}

/** Sends a request without following redirects. `T` is the type of a JSON body. It is not checked. */
export async function call<T = ErrorBody>(path: string, options: Call = {}): Promise<Answer<T>> {
  const { server = SHARED_SERVER, token, cookie, json, body } = options
  const response = await fetch(server + path, {
    method: options.method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(cookie && { cookie }),
      ...options.headers,
    },
    body: body ?? (json === undefined ? null : JSON.stringify(json)),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson && text ? JSON.parse(text) : undefined) as T,
  }
}

/** Expects a status, and the headers that every response of the API has (docs/api.md). */
export function expectApiAnswer({ status, headers, text }: Answer<unknown>, expected: number): void {
  expect(status, text).toBe(expected)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-request-id')).toMatch(UUID)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.getSetCookie()).toEqual([])
  if (status !== 204) expect(headers.get('content-type')).toMatch(/^application\/json/)
}

/** Expects the exact error envelope, and the headers of its status. @returns the details */
export function expectError(answer: Answer<unknown>, status: number, code: string): FieldIssue[] | null {
  expectApiAnswer(answer, status)
  const body = answer.body as ErrorBody
  expect(body).toEqual({
    error: { code, message: expect.stringMatching(/\S/), details: body.error.details },
    meta: { timestamp: expect.stringMatching(ISO_TIME), request_id: answer.headers.get('x-request-id') },
  })
  expect(answer.headers.get('www-authenticate')).toBe(code === 'UNAUTHORIZED' ? 'Bearer' : null)
  const mayWait = status === 429 || status === 503
  expect(answer.headers.get('retry-after') ?? '').toMatch(mayWait ? /^[1-9]\d*$/ : /^$/)
  return body.error.details
}

/** Expects a 400 that names exactly these fields, each with an issue. */
export function expectInvalid(answer: Answer<unknown>, ...fields: string[]): void {
  const details = expectError(answer, 400, 'BAD_REQUEST')
  expect(details).toEqual(
    expect.arrayContaining(fields.map((field) => ({ field, issue: expect.stringMatching(/\S/) }))),
  )
  expect([...new Set(details?.map(({ field }) => field))].sort()).toEqual(fields.toSorted())
}

/** Signs up a new account with a bearer session. */
export async function signUp(options: Call = {}, attempts = 3): Promise<Account> {
  const email = newEmail()
  const answer = await call<SignedIn>('/api/auth/signup', { json: { email, password: PASSWORD }, ...options })
  if (answer.status === 503 && attempts > 1) {
    // The first sign-up of a server waits for the dictionaries, on a busy machine for too long. It may succeed later.
    await sleep(Number(answer.headers.get('retry-after')) * 1000)
    return signUp(options, attempts - 1)
  }
  expect(answer.status, answer.text).toBe(201)
  const { user_id: userId, token, refresh_token: refreshToken } = answer.body
  return { userId, email, password: PASSWORD, token, refreshToken, server: options.server ?? SHARED_SERVER }
}

export function logIn(email: string, password: string, options: Call = {}): Promise<Answer<SignedIn>> {
  return call('/api/auth/login', { json: { email, password }, ...options })
}

export function refresh(refreshToken: string, options: Call = {}): Promise<Answer<Tokens>> {
  return call('/api/auth/refresh', { json: { refresh_token: refreshToken }, ...options })
}

/** The status of `/api/auth/me` for an access token: 200 if it is valid, else 401. */
export async function statusOfMe(account: { token: string; server: string }): Promise<number> {
  return (await call('/api/auth/me', account)).status
}

/** A random private IP address, to forward to a server behind a proxy. */
export function newIpAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
}
