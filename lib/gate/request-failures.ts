import type { FailureMeaning } from '#lib/failure.ts'

/** An error after the work has begun: the change may be saved. */
const UNEXPECTED =
  'Something went wrong on our side. This may not have been saved: check before you send it again. What you typed is still here.'

export const RETRY_AFTER_SECONDS = 5
export const RETRY_AFTER = { 'Retry-After': String(RETRY_AFTER_SECONDS) }

/** The failures of a request itself, before any verb runs. Shared by the gate and lib/http. */
export const REQUEST_FAILURES = {
  BAD_REQUEST: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'Validation error',
    text: 'Check what you typed.',
  },
  UNAUTHORIZED: {
    status: 401,
    publicCode: 'UNAUTHORIZED',
    message: 'Authentication required',
    text: 'Log in first.',
  },
  FORBIDDEN: {
    status: 403,
    publicCode: 'FORBIDDEN',
    message: 'Access denied',
    text: 'You don’t have permission to do this.',
  },
  NOT_FOUND: { status: 404, publicCode: 'NOT_FOUND', message: 'Not found', text: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    publicCode: 'METHOD_NOT_ALLOWED',
    message: 'Method not allowed',
    text: UNEXPECTED,
  },
  REQUEST_TIMEOUT: {
    status: 408,
    publicCode: 'REQUEST_TIMEOUT',
    message: 'The body did not arrive in time',
    text: 'This took too long to arrive. Nothing was done.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    publicCode: 'PAYLOAD_TOO_LARGE',
    message: 'The body is larger than 64 KiB',
    text: 'This is too long to be saved. Nothing was done.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    publicCode: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send JSON with Content-Type: application/json',
    text: UNEXPECTED,
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    publicCode: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on our side',
    text: UNEXPECTED,
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    publicCode: 'SERVICE_UNAVAILABLE',
    message: 'Temporarily unavailable, try again shortly',
    text: 'We can’t reach our database right now. Try again in a moment. What you typed is still here.',
  },
} satisfies Record<string, FailureMeaning>
