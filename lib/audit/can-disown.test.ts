import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AccountEvent } from './account-event.ts'
import { canDisown } from './can-disown.ts'

const here = { sessionId: randomUUID() }

function makeEvent(eventType: string, own: Partial<AccountEvent> = {}): AccountEvent {
  const place = { ipAddress: '203.0.113.7', userAgent: null, details: null, createdAt: new Date() }
  const outcome = { success: true, failureReason: null, sessionId: randomUUID() }
  return { id: randomUUID(), eventType, ...outcome, ...place, ...own }
}

test.each(['login', 'signup', 'password_changed', 'session_revoked', 'token_refresh_refused'])(
  '%s can be disowned unless this session caused it',
  (type) => {
    expect(canDisown(makeEvent(type), here)).toBe(true)
    expect(canDisown(makeEvent(type, { sessionId: null }), here)).toBe(true)
    expect(canDisown(makeEvent(type, here), here)).toBe(false)
  },
)

test.each([
  'account_disabled',
  'role_changed',
  'throttled',
  'login_failed',
  'logout',
  'token_refreshed',
  'something_new',
])('%s can never be disowned', (type) => {
  expect(canDisown(makeEvent(type), here)).toBe(false)
})

test('cannot disown an administrator’s action, which shows no address', () => {
  expect(canDisown(makeEvent('session_revoked', { ipAddress: null }), here)).toBe(false)
})

test('can disown an alert, which no request caused', () => {
  expect(canDisown(makeEvent('alert', { ipAddress: null, sessionId: null }), here)).toBe(true)
})

test('cannot disown a refused sign-up with the account’s email', () => {
  const failed = { success: false, failureReason: 'email_taken', sessionId: null }
  expect(canDisown(makeEvent('signup', failed), here)).toBe(false)
})

test.each([
  ['replaced', false],
  ['too_many_sessions', false],
  ['password_changed', false],
  ['logged_out_elsewhere', true],
])('a session that ended because it was %s can be disowned: %s', (reason, may) => {
  expect(canDisown(makeEvent('session_revoked', { details: { reason } }), here)).toBe(may)
})

test('can disown a log-out of another device only if another session did it', () => {
  const ended = (bySession: string) =>
    makeEvent('session_revoked', { details: { reason: 'logged_out_elsewhere', by_session: bySession } })
  expect(canDisown(ended(here.sessionId), here)).toBe(false)
  expect(canDisown(ended(randomUUID()), here)).toBe(true)
})
