import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { FAILURES, type FailureCode } from './failures.ts'
import { toErrorReply, toResponse } from './reply.ts'

const requestId = randomUUID()

/** The public codes and their statuses (docs/api.md). */
const PUBLIC: Record<string, number> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  AUTH_FAILED: 401,
  INVALID_REFRESH_TOKEN: 401,
  INVALID_LINK: 401,
  FORBIDDEN: 403,
  EMAIL_NOT_CONFIRMED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  EMAIL_TAKEN: 409,
  QUOTA_EXCEEDED: 409,
  REQUEST_TIMEOUT: 408,
  VERSION_MISMATCH: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
}

describe.each(Object.keys(FAILURES) as FailureCode[])('%s', (code) => {
  test('is answered in the envelope, under a public code with its status', async () => {
    const response = toResponse(toErrorReply({ code }, requestId), requestId)
    const body = await response.json()
    expect(body).toEqual({
      error: { code: expect.any(String), message: expect.stringMatching(/\S/), details: null },
      meta: {
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        request_id: requestId,
      },
    })
    expect(PUBLIC[body.error.code]).toBe(response.status)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-request-id')).toBe(requestId)
    expect(response.headers.get('www-authenticate')).toBe(code === 'UNAUTHORIZED' ? 'Bearer' : null)
  })
})

test('sends details and the wait to the caller', async () => {
  const details = [{ field: 'title', issue: 'must not be empty' }]
  const invalid = toResponse(toErrorReply({ code: 'BAD_REQUEST', details }, requestId), requestId)
  expect((await invalid.json()).error).toEqual({ code: 'BAD_REQUEST', message: 'Validation error', details })
  const limited = toResponse(
    toErrorReply({ code: 'RATE_LIMITED', retryAfterSeconds: 42 }, requestId),
    requestId,
  )
  expect(limited.headers.get('retry-after')).toBe('42')
})

test('answers wrong credentials with the documented messages', () => {
  expect(FAILURES.AUTH_FAILED.message).toBe('Invalid credentials')
  expect(FAILURES.INVALID_REFRESH_TOKEN.message).toBe('Invalid refresh token')
})

test('sends no body and no content type for null', async () => {
  const response = toResponse({ status: 204, body: null }, requestId)
  expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([
    204,
    '',
    null,
  ])
  expect(response.headers.get('cache-control')).toBe('no-store')
})
