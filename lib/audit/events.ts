import type { Client } from '#lib/actor.ts'

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
