import type { EventType } from '../events.ts'
import { deviceName } from './device-name.ts'

/** As much of an event as its sentence needs. */
export type ToldEvent = {
  eventType: string
  success: boolean
  failureReason: string | null
  ipAddress: string | null
  userAgent: string | null
  details: unknown
}

/** What a type means in words; `failed` where it can fail and succeed; `because` by failure reason, or by `details.reason` and `details.role`. */
type Words = { text: string; failed?: string; because?: Record<string, string> }

// Without "you": administrators read the same sentences.
const WORDS: Record<EventType, Words> = {
  signup: {
    text: 'Account created',
    failed: 'Sign-up refused',
    because: { email_taken: 'Sign-up with the email address of this account' },
  },
  login: { text: 'Logged in' },
  login_failed: {
    text: 'Failed log-in',
    because: {
      wrong_password: 'Wrong password',
      unknown_account: 'Log-in with an unknown email address',
      account_disabled: 'Log-in to a disabled account',
      account_changed: 'Log-in refused, since the account changed meanwhile',
    },
  },
  logout: { text: 'Logged out' },
  token_refreshed: { text: 'Session renewed' },
  token_refresh_refused: {
    text: 'Session not renewed',
    because: {
      unknown_token: 'Session not renewed: unknown key',
      session_revoked: 'Session not renewed: it was over',
      session_expired: 'Session not renewed: it had run out',
      token_expired: 'Session not renewed: unused for too long',
      account_disabled: 'Session not renewed: the account is disabled',
      wrong_transport: 'Session not renewed: its key came from another kind of program',
      conflicting_cookies: 'Session not renewed: the browser sent cookies of different sessions',
    },
  },
  refresh_token_raced: {
    text: 'Session renewed twice at the same moment',
    because: { raced: 'Second renewal at the same moment refused' },
  },
  refresh_token_reused: { text: 'Session ended: its key was used twice, which can mean it was copied' },
  throttled: {
    text: 'Too many attempts',
    because: {
      'login.pair': 'Too many failed log-ins',
      'login.pair.hour': 'Too many failed log-ins',
      'login.address': 'Too many failed log-ins',
      'login.account': 'Too many failed log-ins to the account',
      'login.known': 'Too many failed log-ins',
      'login.work': 'Too many log-ins from the same network',
      'login.work.pair': 'Too many log-ins to the account from the same network',
      'signup.address': 'Too many new accounts',
      'signup.tries': 'Too many sign-ups tried',
      'refresh.session': 'Too many renewals of a session',
      'refresh.address': 'Too many refused renewals',
      'password.change': 'Too many password changes tried',
      'password.work': 'Too many password changes',
      'draft.address': 'Too many forms sent without a session',
      'address.block': 'Refused, since the address is blocked',
    },
  },
  password_changed: {
    text: 'Password changed',
    failed: 'Password not changed',
    because: { wrong_password: 'Password not changed: wrong current password' },
  },
  session_revoked: {
    text: 'Session ended',
    failed: 'Session not ended',
    because: {
      logged_out_elsewhere: 'Logged out another device',
      replaced: 'Session replaced by a new log-in',
      password_changed: 'Session ended by the password change',
      account_disabled: 'Session ended, since the account was disabled',
      ended_by_operator: 'Session ended by an administrator',
      too_many_sessions: 'Session ended, since the account logged in on too many devices',
    },
  },
  account_disabled: {
    text: 'Account disabled by an administrator',
    failed: 'Account not disabled',
    because: {
      own_account: 'Account not disabled: it was the administrator’s own',
      last_admin: 'Account not disabled: no other administrator would be left',
    },
  },
  account_enabled: { text: 'Account enabled by an administrator', failed: 'Account not enabled' },
  access_denied: {
    text: 'Access refused',
    because: {
      foreign_path: 'Access to another account’s path refused',
      foreign_task: 'Access to another account’s task refused',
      foreign_session: 'Access to another account’s session refused',
      foreign_event: 'Access to another account’s event refused',
      not_an_administrator: 'Access to what is for administrators refused',
    },
  },
  password_change_required: { text: 'New password asked for by an administrator' },
  role_changed: {
    text: 'Role changed',
    failed: 'Role not changed',
    because: {
      admin: 'Made an administrator',
      user: 'No longer an administrator',
      own_account: 'Role not changed: it was the administrator’s own',
      last_admin: 'Role not changed: no other administrator would be left',
    },
  },
  address_blocked: { text: 'Address blocked' },
  address_unblocked: { text: 'Address unblocked' },
  sessions_listed: { text: 'Sessions looked at by an administrator', failed: 'Sessions not found' },
  event_disowned: { text: 'An event was marked “This wasn’t me”' },
  finding_handled: { text: 'Finding closed' },
  alert: {
    text: 'This looked suspicious, and those who run this site were told',
    failed: 'This looked suspicious',
    because: {
      account_failures: 'Many failed log-ins: those who run this site were told',
      login_after_failures: 'A log-in after many failed ones: those who run this site were told',
      refresh_token_reuse: 'A session’s key was used twice: those who run this site were told',
      session_two_networks: 'One session in two far-apart networks: those who run this site were told',
    },
  },
}

/** Every type of event there is. */
export const EVENT_TYPES = Object.keys(WORDS) as EventType[]

/** What happened: "Wrong password". A type or a reason that a newer version has recorded is told as well as can be. */
export function sayWhat({ eventType, success, failureReason, details }: ToldEvent): string {
  const words: Words = isEventType(eventType)
    ? WORDS[eventType]
    : { text: eventType.replaceAll('_', ' '), failed: `${eventType.replaceAll('_', ' ')} failed` }
  const reason =
    failureReason ?? detailOf(details, 'reason') ?? detailOf(details, 'role') ?? detailOf(details, 'pattern')
  const because = new Map<unknown, string>(Object.entries(words.because ?? {})).get(reason)
  const text = because ?? (success ? words.text : (words.failed ?? words.text))
  const moreThan = detailOf(details, 'more_than')
  if (typeof moreThan === 'number') return `${text} (more than ${moreThan} at once)`
  return detailOf(details, 'unchanged') === true ? `${text} (nothing changed)` : text
}

/** Where it came from: "Firefox on Linux, 203.0.113.7"; null for what came from no request. */
function sayWhere({ ipAddress, userAgent }: ToldEvent): string | null {
  if (!ipAddress && !userAgent) return null
  return [deviceName(userAgent), ipAddress].filter(Boolean).join(', ')
}

/** The whole event: "Wrong password from Firefox on Linux, 203.0.113.7". */
export function eventSentence(event: ToldEvent): string {
  const where = sayWhere(event)
  return where ? `${sayWhat(event)} from ${where.replace(/^Unknown/, 'an unknown')}` : sayWhat(event)
}

function isEventType(text: string): text is EventType {
  return Object.hasOwn(WORDS, text)
}

function detailOf(details: unknown, name: string): unknown {
  if (typeof details !== 'object' || details === null || !Object.hasOwn(details, name)) return undefined
  return Reflect.get(details, name)
}
