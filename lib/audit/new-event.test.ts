import { expect, test } from 'vitest'
import { makeClient } from '#lib/testing/factories.ts'
import type { EventType } from './catalogue.ts'
import { eventRow } from './event-row.ts'
import type { NewEvent, Reason } from './new-event.ts'

/** The compiler checks these: a line below `@ts-expect-error` that compiles fails the type check. */
const subject = { client: makeClient() }

const CORRECT: NewEvent[] = [
  { ...subject, type: 'login' },
  { ...subject, type: 'signup', failureReason: 'email_taken' },
  { ...subject, type: 'token_refresh_refused', failureReason: 'wrong_transport' },
  { ...subject, type: 'access_denied', failureReason: 'foreign_path' },
  { ...subject, type: 'access_denied', failureReason: 'foreign_task', details: { task_id: 'x' } },
  { ...subject, type: 'session_revoked', details: { reason: 'replaced' } },
  { ...subject, type: 'session_revoked', details: { reason: 'ended_by_operator', by: 'x', more_than: 200 } },
  { ...subject, type: 'role_changed', details: { role: 'admin', by: 'x', unchanged: true } },
  { ...subject, type: 'role_changed', failureReason: 'unknown_account', details: { by: 'x' } },
]

const INCORRECT: NewEvent[] = [
  // @ts-expect-error an unknown type
  { ...subject, type: 'log_in' },
  // @ts-expect-error a type that is never a failure
  { ...subject, type: 'login', failureReason: 'wrong_password' },
  // @ts-expect-error a type that is never a success
  { ...subject, type: 'login_failed' },
  // @ts-expect-error an unknown reason
  { ...subject, type: 'login_failed', failureReason: 'wrong' },
  // @ts-expect-error the reason of another type
  { ...subject, type: 'login_failed', failureReason: 'email_taken' },
  // @ts-expect-error details that the type has not
  { ...subject, type: 'login', details: { reason: 'replaced' } },
  // @ts-expect-error missing details
  { ...subject, type: 'session_revoked' },
  // @ts-expect-error a missing detail
  { ...subject, type: 'address_blocked', details: { network: 'x', by: 'x' } },
  // @ts-expect-error a detail too many
  { ...subject, type: 'event_disowned', details: { event_id: 'x', task_id: 'x' } },
  // @ts-expect-error a detail of another type
  { ...subject, type: 'address_blocked', details: { network: 'x', seconds: '60', by: 'x' } },
  // @ts-expect-error a value that the detail has not
  { ...subject, type: 'session_revoked', details: { reason: 'wrong_password' } },
  // @ts-expect-error the detail that the reason requires is missing
  { ...subject, type: 'access_denied', failureReason: 'foreign_task' },
  // @ts-expect-error the detail of another reason
  { ...subject, type: 'access_denied', failureReason: 'foreign_task', details: { event_id: 'x' } },
  // @ts-expect-error an event without a client
  { type: 'login' },
]

/** `true` only if both types are the same. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

const REASONS: [Same<Reason<'signup'>, 'email_taken'>, Same<Reason<'login'>, never>] = [true, true]

test('stores every correct event with its type, reason and details', () => {
  for (const event of CORRECT) {
    expect(eventRow(event, new Date())).toMatchObject({
      eventType: event.type satisfies EventType,
      success: event.failureReason === undefined,
      failureReason: event.failureReason ?? null,
      details: event.details ?? null,
    })
  }
  expect([INCORRECT.length, REASONS.length]).toEqual([14, 2])
})
