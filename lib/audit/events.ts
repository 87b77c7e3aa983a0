/** Everything that leaves a trace, failures included. Closed: what is not here cannot be recorded. Contract 2.6. */
export type EventType =
  | 'signup'
  | 'login'
  | 'login_failed'
  | 'logout'
  | 'token_refreshed'
  | 'token_refresh_refused'
  | 'refresh_token_raced'
  | 'refresh_token_reused'
  | 'throttled'
  | 'password_changed'
  | 'session_revoked'
  | 'account_disabled'
  | 'account_enabled'
  | 'access_denied'
  | 'password_change_required'
  | 'role_changed'
  | 'address_blocked'
  | 'address_unblocked'
  | 'sessions_listed'
  | 'event_disowned'
  | 'finding_handled'
  | 'alert'

/** Where a request comes from, as far as it can be known. The texts are safe to print (`toSafeText`). */
export type Client = {
  ipAddress: string | null
  /** What throttles count by: the address, or the /64 of an IPv6 one. */
  network: string
  userAgent: string | null
  /** UUID, also in the answer's `X-Request-Id` and on every log line. */
  requestId: string
  /** Aborts when the client leaves before its answer is complete. */
  left?: AbortSignal | undefined
}

/** Who acts: a user by a living session, and where from. */
export type Actor = { userId: string; sessionId: string; role: 'user' | 'admin'; client: Client }

declare const proved: unique symbol

/**
 * Who runs the instance: an administrator in the browser or over the API, or whoever has a shell on the server. Only
 * `operatorOf` and `COMMAND_LINE` (lib/operator) make one, so whoever holds one has proved it.
 */
export type Operator = {
  readonly client: Client
  /** Null for the command line. */
  readonly userId: string | null
  readonly [proved]: true
}

export type AuthEventInput = {
  type: EventType
  client: Client
  /** Present on every failure, absent on every success. */
  failureReason?: string
  userId?: string
  sessionId?: string
  /** What was typed, only where no account answers to it: an account is named by its id. */
  email?: string
  /** Never a password, a token or its hash. */
  details?: Record<string, string | number | boolean>
}
