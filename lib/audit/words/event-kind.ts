import type { EventType } from '../events.ts'
import { EVENT_TYPES } from './event-sentence.ts'

/** What begins a session. */
export const LOG_IN_TYPES: EventType[] = ['login', 'signup']

/** Kinds of events as people look for them. `routine` is what browsers do by themselves every few minutes. */
type Kind = 'log-ins' | 'sessions' | 'password' | 'routine' | 'other'

const KIND_OF_TYPE: Record<EventType, Kind> = {
  signup: 'log-ins',
  login: 'log-ins',
  login_failed: 'log-ins',
  logout: 'sessions',
  token_refreshed: 'routine',
  token_refresh_refused: 'sessions',
  refresh_token_raced: 'routine',
  refresh_token_reused: 'sessions',
  throttled: 'other',
  password_changed: 'password',
  session_revoked: 'sessions',
  account_disabled: 'other',
  account_enabled: 'other',
  access_denied: 'other',
  password_change_required: 'password',
  role_changed: 'other',
  address_blocked: 'other',
  address_unblocked: 'other',
  sessions_listed: 'other',
  event_disowned: 'other',
  finding_handled: 'other',
  alert: 'other',
}

/** The types of one kind. */
export function typesOf(kind: Kind): EventType[] {
  return EVENT_TYPES.filter((type) => KIND_OF_TYPE[type] === kind)
}
