import { AUTH_FAILURES, type AuthFailureCode } from '#lib/auth/errors.ts'
import type { FailureMeaning } from '#lib/failure.ts'
import { TASK_FAILURES, type TaskFailureCode } from '#lib/tasks/errors.ts'
import { FINDING_FAILURES, type FindingFailureCode } from '#lib/watch/findings/errors.ts'

/** The failures of a request itself, before any verb runs. */
type RequestFailureCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_TIMEOUT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTERNAL_SERVER_ERROR'
  | 'SERVICE_UNAVAILABLE'

export type FailureCode = RequestFailureCode | FindingFailureCode | AuthFailureCode | TaskFailureCode

/** After the work has begun: an error may follow a change that is saved already. */
const OUR_FAULT =
  'Something went wrong on our side. This may not have been saved: check before you send it again. What you typed is still here.'

const REQUEST_FAILURES: Record<RequestFailureCode, FailureMeaning> = {
  BAD_REQUEST: { status: 400, message: 'Validation error', text: 'Check what you typed.' },
  UNAUTHORIZED: { status: 401, message: 'Authentication required', text: 'Log in first.' },
  FORBIDDEN: { status: 403, message: 'Access denied', text: 'You don’t have permission to do this.' },
  NOT_FOUND: { status: 404, message: 'Not found', text: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'Method not allowed', text: OUR_FAULT },
  REQUEST_TIMEOUT: {
    status: 408,
    message: 'The body did not arrive in time',
    text: 'This took too long to arrive. Nothing was done.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: 'The body is larger than 64 KiB',
    text: 'This is too long to be saved. Nothing was done.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Send JSON with Content-Type: application/json',
    text: OUR_FAULT,
  },
  INTERNAL_SERVER_ERROR: { status: 500, message: 'Something went wrong on our side', text: OUR_FAULT },
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: 'Temporarily unavailable, try again shortly',
    text: 'We can’t reach our database right now. What you typed is still here: try again in a moment.',
  },
}

/** Status and text of every failure; a code without them does not compile. */
export const FAILURES: Record<FailureCode, FailureMeaning> = {
  ...REQUEST_FAILURES,
  ...FINDING_FAILURES,
  ...AUTH_FAILURES,
  ...TASK_FAILURES,
}

/** The contract's codes, where a domain names its failure more exactly than outsiders need. */
export const PUBLIC_CODES: Partial<Record<FailureCode, FailureCode>> = {
  INVALID_INPUT: 'BAD_REQUEST',
  BUSY: 'SERVICE_UNAVAILABLE',
  TASK_NOT_FOUND: 'NOT_FOUND',
  SESSION_NOT_FOUND: 'NOT_FOUND',
  USER_NOT_FOUND: 'NOT_FOUND',
  BLOCK_NOT_FOUND: 'NOT_FOUND',
  OWN_ACCOUNT: 'FORBIDDEN',
  LAST_ADMIN: 'FORBIDDEN',
  PASSWORD_CHANGE_REQUIRED: 'FORBIDDEN',
  EVENT_NOT_FOUND: 'NOT_FOUND',
  FINDING_NOT_FOUND: 'NOT_FOUND',
  COOKIES_REFUSED: 'BAD_REQUEST',
}
