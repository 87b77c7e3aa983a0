import { expect, test } from 'vitest'
import { EVENT_TYPES, eventSentence, sayWhat, type ToldEvent } from './event-sentence.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

function told(eventType: string, own: Partial<ToldEvent> = {}): ToldEvent {
  const place = { ipAddress: '203.0.113.7', userAgent: FIREFOX }
  return { eventType, success: !own.failureReason, failureReason: null, details: null, ...place, ...own }
}

test('a failed log-in names its reason, its device and its address', () => {
  const event = told('login_failed', { failureReason: 'wrong_password' })
  expect(eventSentence(event)).toBe('Wrong password from Firefox on Linux, 203.0.113.7')
})

test.each([
  ['signup', {}, 'Account created'],
  ['signup', { failureReason: 'email_taken' }, 'Sign-up with the email address of this account'],
  ['login', {}, 'Logged in'],
  ['login_failed', { failureReason: 'account_disabled' }, 'Log-in to a disabled account'],
  ['throttled', { failureReason: 'login.pair.hour' }, 'Too many failed log-ins'],
  ['password_changed', {}, 'Password changed'],
  ['password_changed', { failureReason: 'wrong_password' }, 'Password not changed: wrong current password'],
  ['session_revoked', { details: { reason: 'ended_by_operator' } }, 'Session ended by an administrator'],
  [
    'session_revoked',
    { details: { reason: 'ended_by_operator', more_than: 200 } },
    'Session ended by an administrator (more than 200 at once)',
  ],
  [
    'session_revoked',
    { details: { reason: 'too_many_sessions' } },
    'Session ended, since the account logged in on too many devices',
  ],
  ['session_revoked', { details: { reason: 'logged_out_elsewhere' } }, 'Logged out another device'],
  [
    'session_revoked',
    { details: { reason: 'ended_by_operator', unchanged: true } },
    'Session ended by an administrator (nothing changed)',
  ],
  ['role_changed', { details: { role: 'admin' } }, 'Made an administrator'],
  [
    'role_changed',
    { details: { role: 'user' }, failureReason: 'last_admin' },
    'Role not changed: no other administrator would be left',
  ],
  [
    'account_disabled',
    { failureReason: 'own_account' },
    'Account not disabled: it was the administrator’s own',
  ],
  [
    'account_disabled',
    { details: { unchanged: true } },
    'Account disabled by an administrator (nothing changed)',
  ],
  [
    'alert',
    { details: { pattern: 'login_after_failures', confidence: 'high' } },
    'A log-in after many failed ones: those who run this site were told',
  ],
  ['access_denied', { failureReason: 'foreign_task' }, 'Access to another account’s task refused'],
  ['refresh_token_raced', {}, 'Session renewed twice at the same moment'],
  ['refresh_token_raced', { failureReason: 'raced' }, 'Second renewal at the same moment refused'],
])('%s with %j is told as "%s"', (type, own, text) => {
  expect(sayWhat(told(type, own))).toBe(text)
})

test('no two types are told alike, and none by its code', () => {
  const texts = EVENT_TYPES.map((type) => sayWhat(told(type)))
  expect(new Set(texts).size).toBe(EVENT_TYPES.length)
  for (const text of texts) expect(text).toMatch(/^[A-Z][^_]+$/)
})

test.each(EVENT_TYPES)('%s with a reason that is not known yet is still a sentence', (type) => {
  for (const failureReason of ['something_new', 'constructor', '__proto__']) {
    expect(sayWhat(told(type, { failureReason }))).toMatch(/^[A-Z][^_]+$/)
  }
})

test('what succeeds or fails is not told alike without a known reason', () => {
  const administrators = ['account_disabled', 'account_enabled', 'role_changed', 'sessions_listed']
  for (const type of ['signup', 'password_changed', 'session_revoked', 'alert', ...administrators]) {
    expect(sayWhat(told(type))).not.toBe(sayWhat(told(type, { failureReason: 'something_new' })))
  }
})

test.each(['something_new', 'constructor'])(
  'a type that is not known yet is told by its name: %s',
  (type) => {
    expect(sayWhat(told(type))).toBe(type.replace('_', ' '))
    expect(sayWhat(told(type, { failureReason: 'x' }))).toBe(`${type.replace('_', ' ')} failed`)
  },
)

test.each([null, 'text', 7, [], { reason: 7 }, { reason: null }, { reason: {} }, { unchanged: 'true' }])(
  'odd details (%j) do no harm',
  (details) => {
    expect(sayWhat(told('session_revoked', { details }))).toBe('Session ended')
  },
)

test('what came from no request has no place, and an unknown device still has its address', () => {
  const nowhere = told('account_disabled', { ipAddress: null, userAgent: null })
  expect(eventSentence(nowhere)).toBe('Account disabled by an administrator')
  expect(eventSentence(told('login', { userAgent: null }))).toBe(
    'Logged in from an unknown device, 203.0.113.7',
  )
  expect(eventSentence(told('login', { ipAddress: null }))).toBe('Logged in from Firefox on Linux')
})
