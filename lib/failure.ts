export type FieldIssue = { field: string; issue: string }

export type Failure<Code extends string> = {
  code: Code
  details?: readonly FieldIssue[]
  retryAfterSeconds?: number
  /** Values that a form shows when it comes back, in place of the sent ones. */
  fields?: Record<string, string>
}

/** The codes that client programs test, with their HTTP statuses (docs/decisions/0005-error-envelope.md). */
type PublicCodes = {
  BAD_REQUEST: 400
  UNAUTHORIZED: 401
  AUTH_FAILED: 401
  INVALID_REFRESH_TOKEN: 401
  INVALID_LINK: 401
  FORBIDDEN: 403
  EMAIL_NOT_CONFIRMED: 403
  NOT_FOUND: 404
  METHOD_NOT_ALLOWED: 405
  REQUEST_TIMEOUT: 408
  EMAIL_TAKEN: 409
  QUOTA_EXCEEDED: 409
  VERSION_MISMATCH: 412
  PAYLOAD_TOO_LARGE: 413
  UNSUPPORTED_MEDIA_TYPE: 415
  RATE_LIMITED: 429
  INTERNAL_SERVER_ERROR: 500
  SERVICE_UNAVAILABLE: 503
}

/** `message` is for the developer of a client program, `text` for the user of a form. */
export type FailureMeaning = {
  [Code in keyof PublicCodes]: { publicCode: Code; status: PublicCodes[Code]; message: string; text: string }
}[keyof PublicCodes]
