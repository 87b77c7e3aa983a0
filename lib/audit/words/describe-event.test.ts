import { expect, test } from 'vitest'
import { EVENT_TYPES } from '../catalogue.ts'
import { type DescribableEvent, describeEvent, describeEventWithOrigin } from './describe-event.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

function makeEvent(eventType: string, own: Partial<DescribableEvent> = {}): DescribableEvent {
  const place = { ipAddress: '203.0.113.7', userAgent: FIREFOX }
  return { eventType, success: !own.failureReason, failureReason: null, details: null, ...place, ...own }
}

test('describes a failed log-in with its reason, device and address', () => {
  const event = makeEvent('login_failed', { failureReason: 'wrong_password' })
  expect(describeEventWithOrigin(event)).toBe('Wrong password from Firefox on Linux, 203.0.113.7')
})

test.each([
  ['signup', {}, 'Account created'],
  ['signup', { failureReason: 'email_taken' }, 'Someone tried to sign up with this account’s email'],
  ['login', {}, 'Logged in'],
  ['login_failed', { failureReason: 'account_disabled' }, 'Log-in to a disabled account'],
  ['throttled', { failureReason: 'login.pair.hour' }, 'Too many failed log-ins'],
  ['password_changed', {}, 'Password changed'],
  ['password_changed', { failureReason: 'wrong_password' }, 'Password not changed: wrong current password'],
  ['session_revoked', { details: { reason: 'ended_by_operator' } }, 'Session ended by an administrator'],
  [
    'session_revoked',
    { details: { reason: 'ended_by_operator', more_than: 200 } },
    'Session ended by an administrator (more than 200 sessions)',
  ],
  [
    'session_revoked',
    { details: { reason: 'too_many_sessions' } },
    'Session ended because the account logged in on too many devices',
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
    'A log-in after many failed ones; the administrators have been notified',
  ],
  ['access_denied', { failureReason: 'foreign_task' }, 'Access to another account’s task refused'],
  ['refresh_token_raced', {}, 'Session renewed twice at the same moment'],
  ['refresh_token_raced', { failureReason: 'raced' }, 'Second renewal at the same moment refused'],
])('%s with %j is described as "%s"', (type, own, text) => {
  expect(describeEvent(makeEvent(type, own))).toBe(text)
})

test('describes no two types alike, and none by its code', () => {
  const texts = EVENT_TYPES.map((type) => describeEvent(makeEvent(type)))
  expect(new Set(texts).size).toBe(EVENT_TYPES.length)
  for (const text of texts) expect(text).toMatch(/^[A-Z][^_]+$/)
})

test.each(EVENT_TYPES)('describes %s in a sentence when its reason is unknown', (type) => {
  for (const failureReason of ['something_new', 'constructor', '__proto__']) {
    expect(describeEvent(makeEvent(type, { failureReason }))).toMatch(/^[A-Z][^_]+$/)
  }
})

test('describes success and failure differently when the reason is unknown', () => {
  const administrators = ['account_disabled', 'account_enabled', 'role_changed', 'sessions_listed']
  for (const type of ['signup', 'password_changed', 'session_revoked', 'alert', ...administrators]) {
    expect(describeEvent(makeEvent(type))).not.toBe(
      describeEvent(makeEvent(type, { failureReason: 'something_new' })),
    )
  }
})

test.each(['something_new', 'constructor'])('describes an unknown type by its name: %s', (type) => {
  expect(describeEvent(makeEvent(type))).toBe(type.replace('_', ' '))
  expect(describeEvent(makeEvent(type, { failureReason: 'x' }))).toBe(`${type.replace('_', ' ')} failed`)
})

test.each([null, 'text', 7, [], { reason: 7 }, { reason: null }, { reason: {} }, { unchanged: 'true' }])(
  'ignores malformed details: %j',
  (details) => {
    expect(describeEvent(makeEvent('session_revoked', { details }))).toBe('Session ended')
  },
)

test('omits the origin without a request, and keeps the address of an unknown device', () => {
  const nowhere = makeEvent('account_disabled', { ipAddress: null, userAgent: null })
  expect(describeEventWithOrigin(nowhere)).toBe('Account disabled by an administrator')
  expect(describeEventWithOrigin(makeEvent('login', { userAgent: null }))).toBe(
    'Logged in from an unknown device, 203.0.113.7',
  )
  expect(describeEventWithOrigin(makeEvent('login', { ipAddress: null }))).toBe(
    'Logged in from Firefox on Linux',
  )
})
